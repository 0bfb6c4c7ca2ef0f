import type { Bundle, HealthcareService, Organization, ServiceRequest } from '@medplum/fhirtypes';
import { codeSystemUrl } from '../../../config/canonical.js';
import type { ChoiceGroup } from '../../components/grouped-select.js';
import type { PageContext } from '../../page-context.js';
import { inBundle } from '../../resources/in-bundle.js';
import { HC10 } from '../../texts/hc10.js';

const FACILITY_TYPE = codeSystemUrl('facility-type');
/** Facilities that one page asks for: all of the country fit. */
const MOST_FACILITIES = 1_000;

type Facility = Organization & { readonly id: string };

/** Where a form may go, and where it goes unless somebody says otherwise. */
export interface Destinations {
  readonly origin: Facility;
  readonly groups: readonly ChoiceGroup[];
  /** Organization id. */
  readonly usual?: string;
  /** Name of a facility that may be chosen; undefined for any other. */
  nameOf(id: string): string | undefined;
}

const typeOf = ({ type = [] }: Facility): string | undefined =>
  type.flatMap(({ coding = [] }) => coding).find(({ system }) => system === FACILITY_TYPE)?.code;
const isHospital = (facility: Facility): boolean => /^(hospital|instituto)/.test(typeOf(facility) ?? '');

const byName = (a: Facility, b: Facility): number => (a.name ?? '').localeCompare(b.name ?? '', 'es');

async function lastReferral(page: PageContext): Promise<ServiceRequest | undefined> {
  const { practitionerRole } = page.signedIn();
  if (practitionerRole === undefined) return undefined;
  const category = `${codeSystemUrl('referral-category')}|referencia`;
  const query = new URLSearchParams({
    requester: `PractitionerRole/${practitionerRole}`,
    category,
    _sort: '-authored',
    _count: '5',
  });
  const { resource } = await page.fhir<Bundle>('GET', `ServiceRequest?${query.toString()}`);
  const newest = inBundle(resource, 'ServiceRequest');
  // Times of writing are in whole seconds: of those of one second the one that came in last.
  return newest
    .filter(({ authoredOn }) => authoredOn === newest[0]?.authoredOn)
    .sort((a, b) => ((a.meta?.lastUpdated ?? '') < (b.meta?.lastUpdated ?? '') ? 1 : -1))[0];
}

/**
 * Facilities that a person may refer to: the last one used first, then those of the own network with its hospital on top,
 * then the other hospitals, then all others (LN23:2019 7.2.14 asks for such a directory).
 */
export async function loadDestinations(page: PageContext, facility: string): Promise<Destinations> {
  const types = page.services.fhir.definitions.codes(FACILITY_TYPE);
  const query = new URLSearchParams({
    type: types.map((code) => `${FACILITY_TYPE}|${code}`).join(','),
    active: 'true',
    _count: String(MOST_FACILITIES),
  });
  const [found, last, own] = await Promise.all([
    page.fhir<Bundle>('GET', `Organization?${query.toString()}`),
    lastReferral(page),
    page.fhir<Facility>('GET', `Organization/${facility}`),
  ]);
  const origin = own.resource;
  const others = inBundle(found.resource, 'Organization')
    .filter(({ id }) => id !== facility)
    .sort(byName);
  const lastUsed = others.find(({ id }) => last?.performer?.[0]?.reference === `Organization/${id}`);
  const rest = others.filter((one) => one !== lastUsed);
  const isNear = ({ partOf }: Facility): boolean => partOf?.reference === origin.partOf?.reference;
  // The types are listed by complexity (LN23:2019 annex 1).
  const rank = (one: Facility): number => types.indexOf(typeOf(one) ?? '');
  const near = rest.filter(isNear).sort((a, b) => rank(b) - rank(a));
  const far = rest.filter((one) => !isNear(one));
  const group = (name: keyof typeof HC10, facilities: readonly Facility[]): readonly ChoiceGroup[] =>
    facilities.length === 0
      ? []
      : [{ name: page.say(HC10[name]), choices: facilities.map(({ id, name: text = id }) => ({ value: id, text })) }];
  const usual = lastUsed ?? near.find(isHospital);
  return {
    origin,
    groups: [
      ...group('lastUsed', lastUsed ? [lastUsed] : []),
      ...group('ownNetwork', near),
      ...group('otherHospitals', far.filter(isHospital)),
      ...group(
        'others',
        far.filter((one) => !isHospital(one)),
      ),
    ],
    ...(usual ? { usual: usual.id } : {}),
    nameOf: (id) => others.find((one) => one.id === id)?.name,
  };
}

/** Facilities that offer a specialty, by Organization id. */
export async function offering(page: PageContext, specialty: string): Promise<readonly string[]> {
  const query = new URLSearchParams({
    specialty: `${codeSystemUrl('specialty')}|${specialty}`,
    active: 'true',
    _count: String(MOST_FACILITIES),
  });
  const { resource } = await page.fhir<Bundle>('GET', `HealthcareService?${query.toString()}`);
  return inBundle(resource, 'HealthcareService').flatMap(
    ({ providedBy }: HealthcareService) => providedBy?.reference?.replace(/^Organization\//, '') ?? [],
  );
}
