import { fault } from '../../errors.js';
import type { FhirRequest } from '../../fhir/exchange.js';
import type { FhirContext } from '../../fhir/fhir-context.js';
import { type Acting, possibleRoles, resolveActing } from '../acting.js';
import { type Party, partiesOf, partiesOfRoles, type Sides } from '../parties.js';

/** Who keeps agendas and waiting lists of a facility. */
export const SCHEDULER: readonly Party[] = ['DS'];

const refuseRole = (roles: readonly string[], operation: string): Error =>
  fault('move-role', { role: roles.join(', ') || '-', operation: `$${operation}` });

/** First gate, before any instance is looked at. Throws 403 when no role of the caller ever keeps an agenda. */
export function assertKeepsAgenda(request: FhirRequest, operation: string): void {
  const roles = possibleRoles(request);
  if (!partiesOfRoles(roles).some((party) => SCHEDULER.includes(party))) throw refuseRole(roles, operation);
}

/**
 * The scheduler who acts at a facility (`sides.destination`), and as which parties.
 * @param named the `actor` of the request; systems must give it
 * @throws ServiceError 403 `move-role` for somebody else, 422 for an unknown person
 */
export async function actingScheduler(
  context: FhirContext,
  request: FhirRequest,
  operation: string,
  { named, sides }: { readonly named: string | undefined; readonly sides: Sides },
): Promise<{ readonly acting: Acting; readonly parties: readonly Party[] }> {
  const acting = await resolveActing(context, request, operation, named);
  const parties = partiesOf(acting.actor, sides);
  if (!parties.some((party) => SCHEDULER.includes(party))) throw refuseRole(acting.actor.roles, operation);
  return { acting, parties };
}
