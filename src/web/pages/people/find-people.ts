import type { Bundle, Patient } from '@medplum/fhirtypes';
import { SID } from '../../../config/canonical.js';
import { localTarget } from '../../../fhir/references.js';
import type { PageContext } from '../../page-context.js';
import { inBundle } from '../../resources/in-bundle.js';
import type { Question } from './read-question.js';

type FoundPatient = Patient & { readonly id: string };

/** A person found, and whether the facility has a relation to her. */
export interface FoundPerson {
  readonly patient: FoundPatient;
  /** False: never seen here, the data are the few that help to recognise her. */
  readonly related: boolean;
}

export interface FoundPeople {
  readonly people: readonly FoundPerson[];
  /** Cursor of the next page of a search by name. */
  readonly next?: string;
  /** The name is too common for an answer. */
  readonly tooMany?: boolean;
}

const PER_PAGE = 20;

const escaped = (text: string): string => text.replace(/[\\,$|]/g, '\\$&');
const tokens = (system: string, values: readonly string[]): string =>
  [...new Set(values)].map((value) => `${system}|${escaped(value)}`).join(',');
const query = (parameters: readonly (readonly [string, string])[]): string =>
  new URLSearchParams(parameters.map(([name, value]) => [name, value])).toString();

/** What a search marks as shown in part was never seen at this facility (design.md 3.7). */
export const isShownInPart = ({ meta }: Patient): boolean => (meta?.tag ?? []).some(({ code }) => code === 'SUBSETTED');

const peopleIn = (bundle: Bundle): readonly FoundPerson[] =>
  inBundle(bundle, 'Patient').map((patient) => ({ patient, related: !isShownInPart(patient) }));

async function search(page: PageContext, parameters: readonly (readonly [string, string])[]): Promise<Bundle> {
  return (await page.fhir<Bundle>('GET', `Patient?${query(parameters)}`)).resource;
}

/** A DNI in its two spellings: other systems may have sent it with dashes. */
const dniTokens = (dni: string): string => tokens(SID.dni, [dni, dni.replace(/^(\d{4})(\d{4})(\d{5})$/, '$1-$2-$3')]);

/** People with a DNI, in the whole country. @param dni 13 digits */
export const findByDni = async (page: PageContext, dni: string): Promise<readonly FoundPerson[]> =>
  peopleIn(await search(page, [['identifier', dniTokens(dni)]]));

/** People of the paper files of this facility; other facilities have files of the same number. */
async function findByFile(page: PageContext, value: string): Promise<readonly FoundPerson[]> {
  const own = `Organization/${page.signedIn().facility ?? ''}`;
  const found = peopleIn(await search(page, [['identifier', tokens(SID.expediente, [value])]]));
  return found.filter(({ patient }) =>
    (patient.identifier ?? []).some(
      (one) => one.system === SID.expediente && one.value === value && one.assigner?.reference === own,
    ),
  );
}

/** Whom a referral of this number is about, when the facility has a part in it. */
async function findByReferral(page: PageContext, value: string): Promise<readonly FoundPerson[]> {
  const asked = query([['identifier', tokens(SID.referencia, [value, value.toUpperCase()])]]);
  const { resource } = await page.fhir<Bundle>('GET', `ServiceRequest?${asked}`);
  const ids = inBundle(resource, 'ServiceRequest').flatMap(
    ({ subject }) => localTarget(subject.reference ?? '')?.id ?? [],
  );
  return ids.length === 0 ? [] : peopleIn(await search(page, [['_id', [...new Set(ids)].join(',')]]));
}

async function findByNumber(page: PageContext, value: string): Promise<FoundPeople> {
  const compact = value.replace(/[\s-]/g, '');
  const spellings = [value, value.toUpperCase(), compact, compact.toUpperCase()];
  const [byFile, byOwnNumber, byReferral] = await Promise.all([
    findByFile(page, value),
    search(page, [['identifier', `${tokens(SID.pasaporte, spellings)},${tokens(SID.temporal, spellings)}`]]),
    findByReferral(page, value),
  ]);
  const found = [...byFile, ...peopleIn(byOwnNumber), ...byReferral];
  return { people: [...new Map(found.map((person) => [person.patient.id, person])).values()] };
}

async function findByName(
  page: PageContext,
  words: readonly string[],
  birth: string | undefined,
  cursor: string | undefined,
): Promise<FoundPeople> {
  const parameters: (readonly [string, string])[] = [
    ...words.map((word) => ['name', escaped(word)] as const),
    ...(birth === undefined ? [] : [['birthdate', birth] as const]),
    ['_sort', 'family'],
    ['_count', String(PER_PAGE)],
    ...(cursor === undefined ? [] : [['_cursor', cursor] as const]),
  ];
  const answer = await page.tryFhir<Bundle>('GET', `Patient?${query(parameters)}`);
  if (!answer.ok) {
    if (answer.error.code === 'too-costly') return { people: [], tooMany: true };
    throw answer.error;
  }
  const link = answer.resource.link?.find(({ relation }) => relation === 'next')?.url;
  const next = link === undefined ? undefined : (new URL(link).searchParams.get('_cursor') ?? undefined);
  return { people: peopleIn(answer.resource), ...(next === undefined ? {} : { next }) };
}

/**
 * Finds people as the signed-in person may: by a number that is a person's own in the whole country, by file number,
 * referral and name among the people of the facility.
 * @param birth FHIR date or year that narrows a search by name
 * @param cursor of the page before
 */
export async function findPeople(
  page: PageContext,
  question: Question,
  birth?: string,
  cursor?: string,
): Promise<FoundPeople> {
  switch (question.kind) {
    case 'dni':
      return { people: await findByDni(page, question.dni) };
    case 'number':
      return findByNumber(page, question.value);
    case 'names':
      return findByName(page, question.words, birth, cursor);
    case 'nothing':
    case 'broken-dni':
    case 'no-letters':
      return { people: [] };
  }
}
