import type { Organization } from '@medplum/fhirtypes';
import { reachOf } from '../../access/policy/policy-table.js';
import { fault } from '../../errors.js';
import type { FhirRequest } from '../../fhir/exchange.js';
import type { FhirContext } from '../../fhir/fhir-context.js';
import { resourceOf } from '../../fhir/stored-resource.js';
import { facilityTypeOf } from '../directory/suggest-destinations.js';

type Facility = Organization & { readonly id: string };

/** Organizations directly below one; a region has tens of networks, a network tens of facilities. */
const MOST_BELOW = 500;

async function below({ store }: FhirContext, id: string): Promise<readonly Facility[]> {
  const found = await store.find('Organization', { 's.ref': `partof~Organization/${id}` }, { limit: MOST_BELOW });
  return found.map((stored) => resourceOf<Facility>(stored));
}

/**
 * The facilities that a facility, network or region stands for: itself, or all below it, by name.
 * Throws 403 when the caller's post does not reach every one of them.
 */
export async function facilitiesUnder(
  context: FhirContext,
  { caller }: FhirRequest,
  organization: Facility,
): Promise<readonly Facility[]> {
  const first = facilityTypeOf(organization) === undefined ? await below(context, organization.id) : [organization];
  const nested = await Promise.all(
    first.map(async (one) => (facilityTypeOf(one) === undefined ? below(context, one.id) : [one])),
  );
  const facilities = nested.flat().filter((one) => facilityTypeOf(one) !== undefined);
  const free = reachOf(caller.role, 'directory', '$monthly-supervision') === 'all';
  if (!free && (facilities.length === 0 || facilities.some(({ id }) => !caller.facilities.includes(id))))
    throw fault('facility-foreign', { element: `Organization/${organization.id}` });
  return [...facilities].sort((a, b) => (a.name ?? '').localeCompare(b.name ?? '', 'es'));
}
