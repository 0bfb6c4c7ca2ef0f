import type { Resource } from '@medplum/fhirtypes';
import { ServiceError } from '../errors.js';
import { claimsOf } from '../fhir/claims.js';
import type { FhirContext } from '../fhir/fhir-context.js';
import { patientOf } from '../fhir/patient-of.js';
import { toStored } from '../fhir/to-stored.js';
import type { PatientRelation, StoredResource } from '../store/envelope.js';
import type { Claim } from '../store/write-plan.js';

/** The parts of the FHIR engine that a load needs. */
export type LoadContext = Pick<FhirContext, 'store' | 'definitions' | 'hooks' | 'validator'>;

/** A first version to load: the resource with id and meta, and the Organization id of its custodian. */
export interface LoadRecord {
  readonly resource: Resource & { id: string };
  readonly own?: string;
}

function checkValid({ validator }: LoadContext, resource: Resource): void {
  const errors = validator
    .validate(resource)
    .filter(({ severity = 'error' }) => severity === 'error' || severity === 'fatal');
  if (errors.length > 0) throw new ServiceError(errors);
}

/** Relations that the other records of a load give to facilities, by patient. */
function relationsByPatient(
  { definitions, hooks }: LoadContext,
  records: readonly LoadRecord[],
): Map<string, Map<string, PatientRelation>> {
  const found = new Map<string, Map<string, PatientRelation>>();
  for (const { resource } of records) {
    const patient = patientOf(definitions, resource);
    if (patient === undefined) continue;
    const relations = found.get(patient) ?? new Map<string, PatientRelation>();
    for (const relation of hooks.relationsOf(resource)) relations.set(`${relation.f} ${relation.k}`, relation);
    found.set(patient, relations);
  }
  return found;
}

/** Patients last: a patient that is there means that the whole history is. */
const patientLast = (a: string, b: string): number => Number(a === 'Patient') - Number(b === 'Patient');

/**
 * Validates first versions and writes them with history, claims and relations in native batches. Records that are
 * there already are left as they are. A patient and all of its records belong into one call.
 * @param requestId written into the history of all of them
 * @returns number of records that are new
 * @throws ServiceError 422 with all findings of the first invalid record; nothing of this call is written then
 */
export async function loadRecords(
  context: LoadContext,
  records: readonly LoadRecord[],
  requestId: string,
): Promise<number> {
  const relations = relationsByPatient(context, records);
  const byType = new Map<string, { documents: StoredResource[]; claims: Claim[] }>();
  for (const { resource, own } of records) {
    checkValid(context, resource);
    const rel = resource.resourceType === 'Patient' ? [...(relations.get(resource.id)?.values() ?? [])] : [];
    const previous = { rel, acc: rel.map(({ f }) => f), ...(own === undefined ? {} : { own }) };
    const batch = byType.get(resource.resourceType) ?? { documents: [], claims: [] };
    batch.documents.push(toStored(context, resource, { ...(own === undefined ? {} : { own }), previous }));
    batch.claims.push(...claimsOf(resource, own));
    byType.set(resource.resourceType, batch);
  }
  let written = 0;
  for (const type of [...byType.keys()].sort(patientLast)) {
    const { documents, claims } = byType.get(type) ?? { documents: [], claims: [] };
    written += await context.store.load(type, documents, requestId, claims);
  }
  return written;
}
