import type { Bundle, Resource } from '@medplum/fhirtypes';
import type { PageContext } from '../../page-context.js';
import { facilityNames } from '../../resources/facility-names.js';
import { inBundle } from '../../resources/in-bundle.js';

/** What the signed-in patient's record holds of some types, and where each of it was noted. */
export interface OwnRecord {
  readonly bundle: Bundle;
  /** Name of the facility where something was noted; undefined when the record does not say. */
  readonly placeOf: (resource: Resource) => string | undefined;
}

/** Elements that say who noted something, the visit first. */
const PLACES = ['encounter', 'context', 'location', 'performer', 'recorder', 'asserter', 'informationSource'] as const;
/** Posts that one search may name. */
const MOST_POSTS = 50;

/** All references of these elements, in their order. */
function placesIn(resource: Resource): readonly string[] {
  const elements = resource as unknown as Readonly<Record<string, unknown>>;
  return PLACES.flatMap((name) => [elements[name]].flat()).flatMap((value) => {
    const { reference, actor } = (value ?? {}) as { reference?: string; actor?: { reference?: string } };
    return reference ?? actor?.reference ?? [];
  });
}

/** Organization reference of every visit, post and place that the record names. */
async function facilitiesBehind(page: PageContext, bundle: Bundle): Promise<ReadonlyMap<string, string | undefined>> {
  const known = new Map<string, string | undefined>();
  for (const visit of inBundle(bundle, 'Encounter'))
    known.set(`Encounter/${visit.id}`, visit.serviceProvider?.reference);
  const named = new Set((bundle.entry ?? []).flatMap(({ resource }) => (resource ? placesIn(resource) : [])));
  for (const type of ['PractitionerRole', 'Location'] as const) {
    const ids = [...named].filter((one) => one.startsWith(`${type}/`)).map((one) => one.slice(type.length + 1));
    if (ids.length === 0) continue;
    const some = ids.slice(0, MOST_POSTS).join(',');
    const { resource: found } = await page.fhir<Bundle>('GET', `${type}?_id=${some}&_count=${MOST_POSTS}`);
    for (const post of inBundle(found, 'PractitionerRole'))
      known.set(`PractitionerRole/${post.id}`, post.organization?.reference);
    for (const place of inBundle(found, 'Location'))
      known.set(`Location/${place.id}`, place.managingOrganization?.reference);
  }
  return known;
}

/** Reads some types of the own record. @throws ServiceError when the policy or the service says no */
export async function ownRecord(page: PageContext, types: readonly Resource['resourceType'][]): Promise<OwnRecord> {
  const { patient = '' } = page.signedIn();
  const wanted = [...new Set([...types, 'Encounter'])].join(',');
  const { resource: bundle } = await page.fhir<Bundle>('GET', `Patient/${patient}/$everything?_type=${wanted}`);
  const behind = await facilitiesBehind(page, bundle);
  const names = await facilityNames(page, [...behind.values()]);
  return {
    bundle,
    placeOf: (resource) =>
      placesIn(resource)
        .map((reference) => names.get((behind.get(reference) ?? reference).replace('Organization/', '')))
        .find((name) => name !== undefined),
  };
}
