import type { Bundle, HealthcareService, Location, PractitionerRole, Resource } from '@medplum/fhirtypes';
import { codeSystemUrl } from '../../../../config/canonical.js';
import { localTarget } from '../../../../fhir/references.js';
import { lastOutput } from '../../../../referral/task-io.js';
import { hasCoding } from '../../../../referral/vocabulary.js';
import type { Choice } from '../../../components/select.js';
import { conceptText } from '../../../resources/coded-text.js';
import { inBundle } from '../../../resources/in-bundle.js';
import type { FormScene } from './move-form.js';

/** Rows of the directory that one list shows at most. */
const MOST = 100;
const SPECIALTY = codeSystemUrl('specialty');

const search = async (page: FormScene['page'], query: string): Promise<Bundle> =>
  (await page.fhir<Bundle>('GET', `${query}&_count=${MOST}`)).resource;

const byText = (a: Choice, b: Choice): number => a.text.localeCompare(b.text, 'es');

const reference = ({ resourceType, id = '' }: Resource): string => `${resourceType}/${id}`;

/** Code of the specialty that the referral asks for. */
export const askedSpecialty = ({ view }: Pick<FormScene, 'view'>): string | undefined =>
  view.order.performerType?.coding?.find(({ system }) => system === SPECIALTY)?.code;

const own = ({ page }: FormScene): string => `Organization/${page.signedIn().facility ?? ''}`;

const isAsked = (scene: Pick<FormScene, 'view'>, service: HealthcareService): boolean => {
  const asked = askedSpecialty(scene);
  return asked !== undefined && (service.specialty ?? []).some((concept) => hasCoding(concept, SPECIALTY, asked));
};

/** Services of the person's own facility, those of the asked specialty first. */
export async function ownServices(scene: FormScene): Promise<readonly Choice[]> {
  if (scene.page.signedIn().facility === undefined) return [];
  const found = inBundle(await search(scene.page, `HealthcareService?organization=${own(scene)}`), 'HealthcareService');
  const rows = found
    .filter(({ active }) => active !== false)
    .map((service) => ({
      asked: isAsked(scene, service),
      value: reference(service),
      text: conceptText(scene.page, service.specialty?.[0]) || (service.name ?? service.id),
    }));
  rows.sort((a, b) => Number(b.asked) - Number(a.asked) || byText(a, b));
  return rows.map(({ value, text }) => ({ value, text }));
}

/** Services of other facilities in the asked specialty: where the patient could go instead. */
export async function otherServices(scene: FormScene): Promise<readonly Choice[]> {
  const specialty = askedSpecialty(scene);
  if (specialty === undefined) return [];
  const { sides } = scene.view;
  const found = inBundle(
    await search(scene.page, `HealthcareService?specialty=${encodeURIComponent(`${SPECIALTY}|${specialty}`)}`),
    'HealthcareService',
  );
  return found
    .filter(({ active, providedBy }) => {
      const facility = localTarget(providedBy?.reference ?? '')?.id;
      return active !== false && facility !== sides.origin && facility !== sides.destination;
    })
    .map((service) => ({ value: reference(service), text: service.name ?? service.id }))
    .sort(byText);
}

/** What the origin may be advised instead: other services of this facility, and the same specialty elsewhere. */
export async function advisedServices(scene: FormScene): Promise<readonly Choice[]> {
  const [here, elsewhere] = await Promise.all([ownServices(scene), otherServices(scene)]);
  const place = scene.view.facilityName(scene.page.signedIn().facility);
  return [...elsewhere, ...here.map(({ value, text }) => ({ value, text: `${text}, ${place}` }))];
}

/** Posts whose people attend patients. */
const ATTENDING = ['specialist', 'clinician'];

const attends = (post: PractitionerRole): boolean =>
  ATTENDING.some((role) => (post.code ?? []).some((code) => hasCoding(code, codeSystemUrl('workflow-role'), role)));

/** Who may attend: the facility's services, then its specialists and clinicians. */
export async function attendants(scene: FormScene): Promise<readonly Choice[]> {
  const [services, posts] = await Promise.all([
    ownServices(scene),
    search(scene.page, `PractitionerRole?organization=${own(scene)}`),
  ]);
  const people = inBundle(posts, 'PractitionerRole')
    .filter((post) => post.active !== false && attends(post))
    .map((post) => ({ value: reference(post), text: post.practitioner?.display ?? post.id }))
    .sort(byText);
  return [...services, ...people];
}

/** People of triage of the person's own facility. */
export async function triagePosts(scene: FormScene): Promise<readonly Choice[]> {
  const role = encodeURIComponent(`${codeSystemUrl('workflow-role')}|triage`);
  const posts = await search(scene.page, `PractitionerRole?organization=${own(scene)}&role=${role}`);
  return inBundle(posts, 'PractitionerRole')
    .filter(({ active }) => active !== false)
    .map((post) => ({ value: reference(post), text: post.practitioner?.display ?? post.id }))
    .sort(byText);
}

/** Places of the person's own facility. */
export async function ownPlaces(scene: FormScene): Promise<readonly Choice[]> {
  const found = inBundle(await search(scene.page, `Location?organization=${own(scene)}`), 'Location');
  return found
    .filter(({ status }) => status !== 'inactive')
    .map((place: Location) => ({ value: reference(place), text: place.name ?? place.id ?? '' }))
    .sort(byText);
}

/** The service that accepted the referral, else the first of the asked specialty. */
export function usualService({ view }: FormScene, choices: readonly Choice[]): string | undefined {
  const accepted = view.leg && lastOutput(view.leg, 'service');
  return choices.find(({ value }) => value === accepted)?.value ?? choices[0]?.value;
}
