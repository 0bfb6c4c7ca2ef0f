import type { AllergyIntolerance, Reference, Resource } from '@medplum/fhirtypes';
import { stands } from '../config/standing-facts.js';
import type { FhirRequest } from '../fhir/exchange.js';
import type { FhirContext } from '../fhir/fhir-context.js';
import type { RequestedEntry } from '../fhir/interactions/bundle-entry.js';
import { findCondition } from '../fhir/interactions/find-condition.js';
import { localTarget } from '../fhir/references.js';
import { resourceOf } from '../fhir/stored-resource.js';
import type { Store } from '../store/store.js';

const MOST_ALLERGIES = 100;

/** Allergies of a patient that the record holds, as references. */
export async function allergiesOf(store: Store, patient: string | undefined): Promise<Reference[]> {
  if (patient === undefined) return [];
  const found = await store.find('AllergyIntolerance', { pt: patient }, { limit: MOST_ALLERGIES });
  return found
    .filter((stored) => stands(resourceOf<AllergyIntolerance>(stored)))
    .map(({ _id }) => ({ reference: `AllergyIntolerance/${_id}` }));
}

/** Patient id behind the subject of a referral in a Bundle, when the patient is known already. */
async function knownPatient(
  context: FhirContext,
  request: FhirRequest,
  entries: readonly RequestedEntry[],
  subject: string | undefined,
): Promise<string | undefined> {
  const direct = localTarget(subject ?? '', context.baseUrl);
  if (direct) return direct.id;
  const entry = entries.find(({ fullUrl }) => fullUrl !== undefined && fullUrl === subject);
  if (entry?.method === 'PUT') return localTarget(entry.path)?.id;
  if (entry?.ifNoneExist === undefined) return undefined;
  const { found } = await findCondition(context, request, 'Patient', entry.ifNoneExist);
  return found?._id;
}

/** Allergies that travel with a referral: those on record and those that come in the same Bundle. */
export async function travellingAllergies(
  context: FhirContext,
  request: FhirRequest,
  entries: readonly RequestedEntry[],
  subject: string | undefined,
): Promise<Reference[]> {
  const patient = await knownPatient(context, request, entries, subject);
  const sent = entries.flatMap(({ fullUrl, resource }) =>
    resource?.resourceType === 'AllergyIntolerance' && fullUrl !== undefined ? [{ reference: fullUrl }] : [],
  );
  return [...(await allergiesOf(context.store, patient)), ...sent];
}

/** Supporting information with more references, each once. */
export function withReferences<T extends Resource>(
  present: readonly Reference<T>[] | undefined,
  more: readonly Reference[],
): Reference<T>[] {
  const all = [...(present ?? []), ...(more as readonly Reference<T>[])];
  return all.filter((one, index) => all.findIndex(({ reference }) => reference === one.reference) === index);
}
