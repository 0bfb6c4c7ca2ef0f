import type { Encounter } from '@medplum/fhirtypes';
import type { FhirContext } from '../fhir/fhir-context.js';
import { resourceOf } from '../fhir/stored-resource.js';
import type { FoundResource } from '../store/envelope.js';
import { isAdviceRequest, mayBeConverted } from './advice-request.js';
import type { Condition } from './conditions.js';
import type { Referral } from './load-referral.js';

/** A referral has few visits; more than this are somebody's mistake. */
const MOST_VISITS = 100;

/** Encounter statuses that say that somebody attended the patient. */
const ATTENDED: ReadonlySet<Encounter['status']> = new Set(['in-progress', 'onleave', 'finished']);

/** A visit of a leg, with its envelope. */
export interface Visit {
  readonly stored: FoundResource;
  readonly resource: Encounter & { id: string };
}

/**
 * Visits of a referral at its present destination: every Encounter based on the order that is this facility's, whether
 * `$arrive` opened it or the facility's own system.
 */
export async function visitsOf(context: FhirContext, { resource, sides }: Referral): Promise<readonly Visit[]> {
  const filter = { 's.ref': `based-on~ServiceRequest/${resource.id}` };
  const found = await context.store.find('Encounter', filter, { limit: MOST_VISITS });
  return found
    .map((stored) => ({ stored, resource: resourceOf<Encounter & { id: string }>(stored) }))
    .filter(({ resource: { serviceProvider } }) => {
      const place = serviceProvider?.reference;
      return place === undefined || place === `Organization/${sides.destination ?? ''}`;
    });
}

/** True when somebody attended the patient in one of the visits. */
export const careGiven = (visits: readonly Visit[]): boolean =>
  visits.some(({ resource }) => ATTENDED.has(resource.status));

/** Facts of a referral that open or close edges before anybody asks for a move. */
export async function standingFacts(context: FhirContext, referral: Referral): Promise<readonly Condition[]> {
  const { resource } = referral;
  const advice = isAdviceRequest(resource);
  return [
    careGiven(await visitsOf(context, referral)) ? 'care-given' : 'no-care',
    ...(advice ? [] : (['order'] as const)),
    ...(advice && mayBeConverted(resource) ? (['authorised'] as const) : []),
  ];
}
