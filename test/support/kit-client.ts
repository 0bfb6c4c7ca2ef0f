import type { Bundle, OperationOutcome, Resource } from '@medplum/fhirtypes';
import type { Client } from 'fhir-kit-client';

/** A resource that the server gave an id. */
export type Stored<T extends Resource = Resource> = T & { id: string };
/** A resource in the types of the client. */
export type KitResource = Parameters<Client['create']>[0]['body'];

export const kit = (resource: object): KitResource => resource as KitResource;
/** What the client gave, as the type that is expected of it. */
export const as = <T>(answer: unknown): T => answer as T;

/** What a refused call of the client threw. */
export async function refusal(call: Promise<unknown>): Promise<{ status: number; outcome: OperationOutcome }> {
  try {
    await call;
  } catch (error) {
    const { response } = error as { response: { status: number; data: OperationOutcome } };
    return { status: response.status, outcome: response.data };
  }
  throw new Error('the call was not refused');
}

/** Ids of the matches of a page. */
export const ids = (bundle: Bundle): string[] =>
  (bundle.entry ?? []).flatMap(({ resource, search }) => (search?.mode === 'match' ? [resource?.id ?? ''] : []));

/** A woman with an accent in each name. */
export const kitPerson = (family: string, more: object = {}): KitResource =>
  kit({
    resourceType: 'Patient',
    name: [{ family, given: ['Ángela'] }],
    gender: 'female',
    birthDate: '1985-07',
    ...more,
  });

/** A glucose result of a patient, mg/dL. */
export const kitGlucose = (patient: string, value: number, more: object = {}): KitResource =>
  kit({
    resourceType: 'Observation',
    status: 'final',
    category: [
      { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/observation-category', code: 'laboratory' }] },
    ],
    code: { coding: [{ system: 'http://loinc.org', code: '2339-0', display: 'Glucosa' }] },
    subject: { reference: `Patient/${patient}` },
    effectiveDateTime: '2026-05-03T10:00:00-06:00',
    valueQuantity: { value, unit: 'mg/dL', system: 'http://unitsofmeasure.org', code: 'mg/dL' },
    ...more,
  });
