import type { Resource } from '@medplum/fhirtypes';
import type { PatientRelation } from '../store/envelope.js';
import { changesRelation, longestRelations } from '../store/patient-relations.js';
import type { ResourceWrite } from '../store/write-plan.js';
import type { FhirHooks } from './fhir-context.js';
import type { HeadLoader } from './head-loader.js';

/** A relation to add to the envelope of a patient. @see WritePlan.relations */
export interface NewRelation {
  /** Patient id. */
  readonly patient: string;
  readonly relation: PatientRelation;
}

/**
 * Relations that writes give to facilities and that the patients' envelopes do not say yet.
 * @param plainOf the resource of a write with JavaScript numbers; undefined for a deletion
 */
export async function newRelations(
  writes: readonly ResourceWrite[],
  plainOf: (write: ResourceWrite) => Resource | undefined,
  hooks: Pick<FhirHooks, 'relationsOf'>,
  loader: HeadLoader,
): Promise<readonly NewRelation[]> {
  const byPatient = new Map<string, PatientRelation[]>();
  for (const write of writes) {
    const plain = plainOf(write);
    const { pt } = write.doc;
    if (write.type === 'Patient' || !plain || pt === undefined) continue;
    const found = hooks.relationsOf(plain);
    if (found.length > 0) byPatient.set(pt, [...(byPatient.get(pt) ?? []), ...found]);
  }
  const heads = new Map((await loader.heads('Patient', [...byPatient.keys()])).map((head) => [head._id, head]));
  return [...byPatient].flatMap(([patient, found]) =>
    longestRelations(found)
      .filter((relation) => changesRelation(heads.get(patient)?.rel ?? [], relation))
      .map((relation) => ({ patient, relation })),
  );
}
