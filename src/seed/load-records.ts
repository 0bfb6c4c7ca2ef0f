import type { Resource } from '@medplum/fhirtypes';
import { isRefusal, ServiceError } from '../errors.js';
import { claimsOf } from '../fhir/claims.js';
import type { FhirContext } from '../fhir/fhir-context.js';
import { patientOf } from '../fhir/patient-of.js';
import { toStored } from '../fhir/to-stored.js';
import type { PatientRelation, StoredResource } from '../store/envelope.js';
import { longestRelations } from '../store/patient-relations.js';
import type { Claim } from '../store/write-plan.js';

/** The parts of the FHIR engine that a load needs. */
export type LoadContext = Pick<FhirContext, 'store' | 'definitions' | 'hooks' | 'validator' | 'baseUrl'>;

/** A first version to load: the resource with id and meta, and the Organization id of its custodian. */
export interface LoadRecord {
  readonly resource: Resource & { id: string };
  readonly own?: string;
}

function checkValid({ validator }: LoadContext, resource: Resource): void {
  const errors = validator.validate(resource).filter(isRefusal);
  if (errors.length > 0) throw new ServiceError(errors);
}

/** Relations that the other records of a load give to facilities, by patient. */
function relationsByPatient(
  { definitions, hooks }: LoadContext,
  records: readonly LoadRecord[],
): Map<string, PatientRelation[]> {
  const found = new Map<string, PatientRelation[]>();
  for (const { resource } of records) {
    const patient = patientOf(definitions, resource);
    if (patient === undefined) continue;
    found.set(patient, longestRelations([...(found.get(patient) ?? []), ...hooks.relationsOf(resource)]));
  }
  return found;
}

/** First versions that were checked, as they will be stored, by type. */
export type PreparedLoad = ReadonlyMap<string, { readonly documents: StoredResource[]; readonly claims: Claim[] }>;

/**
 * Validates first versions and gives them their stored form, claims and relations.
 * A patient and all of its records belong into one call.
 * @param options `trusted`: constants of the package, whose own tests validate them, are not validated again
 * @throws ServiceError 422 with all findings of the first invalid record
 */
export function prepareRecords(
  context: LoadContext,
  records: readonly LoadRecord[],
  options: { readonly trusted?: boolean } = {},
): PreparedLoad {
  const relations = relationsByPatient(context, records);
  const prepared = new Map<string, { documents: StoredResource[]; claims: Claim[] }>();
  for (const { resource, own } of records) {
    if (!options.trusted) checkValid(context, resource);
    const rel = resource.resourceType === 'Patient' ? (relations.get(resource.id) ?? []) : [];
    const previous = { rel, acc: rel.map(({ f }) => f) };
    const batch = prepared.get(resource.resourceType) ?? { documents: [], claims: [] };
    batch.documents.push(toStored(context, resource, { ...(own === undefined ? {} : { own }), previous }));
    batch.claims.push(...claimsOf(resource, own));
    prepared.set(resource.resourceType, batch);
  }
  return prepared;
}

/** Several prepared loads as one. */
export function mergeLoads(loads: readonly PreparedLoad[]): PreparedLoad {
  const merged = new Map<string, { documents: StoredResource[]; claims: Claim[] }>();
  for (const load of loads)
    for (const [type, { documents, claims }] of load) {
      const batch = merged.get(type) ?? { documents: [], claims: [] };
      batch.documents.push(...documents);
      batch.claims.push(...claims);
      merged.set(type, batch);
    }
  return merged;
}

/**
 * Writes prepared records with history and claims in native batches, patients last: a patient that is there means
 * that the whole history is. Records that are there already are left as they are.
 * @param requestId written into the history of all of them
 * @returns number of records that are new
 */
export async function writeRecords(
  { store }: Pick<LoadContext, 'store'>,
  prepared: PreparedLoad,
  requestId: string,
): Promise<number> {
  const load = (type: string): Promise<number> => {
    const { documents = [], claims = [] } = prepared.get(type) ?? {};
    return store.load(type, documents, requestId, claims);
  };
  const others = await Promise.all([...prepared.keys()].filter((type) => type !== 'Patient').map(load));
  return others.reduce((sum, count) => sum + count, await load('Patient'));
}
