import type { Reference } from '@medplum/fhirtypes';
import type { ReferralView } from './referral-view.js';

/** Who a reference names: a person in a post, a service, a place, a facility; empty when nobody knows. */
export function actorName(view: Pick<ReferralView, 'any'>, reference: Reference | undefined): string {
  const found = view.any(reference);
  if (found?.resourceType === 'PractitionerRole') {
    const person = view.any(found.practitioner);
    const name = person?.resourceType === 'Practitioner' ? person.name?.[0]?.text : undefined;
    return found.practitioner?.display ?? name ?? found.code?.[0]?.text ?? '';
  }
  if (found && 'name' in found && typeof found.name === 'string') return found.name;
  return reference?.display ?? '';
}
