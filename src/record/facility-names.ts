import type { Organization } from '@medplum/fhirtypes';
import type { FhirContext } from '../fhir/fhir-context.js';
import { resourceOf } from '../fhir/stored-resource.js';

/** Names of facilities by Organization id; what is not in the directory is absent. */
export async function facilityNames(
  { store }: Pick<FhirContext, 'store'>,
  ids: readonly (string | undefined)[],
): Promise<ReadonlyMap<string, string>> {
  const known = [...new Set(ids.filter((id) => id !== undefined))];
  const facilities = await store.readMany('Organization', known);
  return new Map(facilities.map((stored) => [stored._id, resourceOf<Organization>(stored).name ?? stored._id]));
}
