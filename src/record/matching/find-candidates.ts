import type { Patient } from '@medplum/fhirtypes';
import { PERSONAL_NUMBERS } from '../../access/policy/personal-numbers.js';
import { searchScope } from '../../access/policy/visibility.js';
import { SID } from '../../config/canonical.js';
import type { FhirRequest } from '../../fhir/exchange.js';
import type { FhirContext } from '../../fhir/fhir-context.js';
import { fetchPage } from '../../fhir/search/page.js';
import { parseSearch } from '../../fhir/search/parse.js';
import { planSearch } from '../../fhir/search/plan.js';
import { searchPins } from '../../fhir/search/search-pins.js';
import type { FoundResource } from '../../store/envelope.js';
import { plainDni } from '../dni.js';
import { nameWords } from './fold-name.js';
import { spellings } from './spellings.js';

type Query = readonly (readonly [parameter: string, value: string])[];

/** Rows of one look-up: a name that more people carry needs the birth date to tell them apart. */
const PER_LOOKUP = 200;
/** Words of given names, and of surnames, that are looked for. */
const WORDS = 3;
const SPELLINGS = 12;

const escaped = (text: string): string => text.replace(/[\\,$|]/g, '\\$&');

/** One number in the spellings in which it may stand in the record. */
function spelled(system: string, value: string): readonly string[] {
  const trimmed = value.trim();
  if (system !== SID.dni) return [...new Set([trimmed, trimmed.toUpperCase()])];
  const dni = plainDni(trimmed);
  return [dni, dni.replace(/^(\d{4})(\d{4})(\d{5})$/, '$1-$2-$3')];
}

/** People who carry one of the numbers; nothing to ask without one. */
function numbersQuery({ identifier = [] }: Patient): Query | undefined {
  const values = identifier
    .filter(({ system, value }) => system !== undefined && PERSONAL_NUMBERS.has(system) && (value ?? '').trim() !== '')
    .slice(0, PERSONAL_NUMBERS.size)
    .flatMap(({ system = '', value = '' }) => spelled(system, value).map((one) => `${system}|${escaped(one)}`));
  return values.length === 0 ? undefined : [['identifier', [...new Set(values)].join(',')]];
}

const wordsQuery = (text: string): string | undefined => {
  const words = nameWords(text).slice(0, WORDS);
  return words.length === 0 ? undefined : words.flatMap((word) => spellings(word, SPELLINGS)).join(',');
};

const yearQuery = (birthDate: string): Query => {
  const year = Number(birthDate.slice(0, 4));
  return [
    ['birthdate', `ge${year - 1}`],
    ['birthdate', `le${year + 1}`],
  ];
};

/** Look-ups among the people of the facility: same birth date, or a name of the same sound. */
function likenessQueries({ name: [name] = [], birthDate }: Patient): readonly Query[] {
  const given = wordsQuery(name?.given?.join(' ') ?? '');
  const family = wordsQuery(name?.family ?? '');
  const sameDay: Query[] = birthDate?.length === 10 ? [[['birthdate', birthDate]]] : [];
  if (given === undefined || family === undefined) return sameDay;
  const named: Query = [
    ['given', given],
    ['family', family],
  ];
  return [...sameDay, named, ...(birthDate === undefined ? [] : [[...named, ...yearQuery(birthDate)]])];
}

/** What one look-up finds within the caller's reach, as the caller may see it. */
async function lookUp(context: FhirContext, request: FhirRequest, query: Query): Promise<readonly FoundResource[]> {
  const search = parseSearch(context.definitions, 'Patient', query, { baseUrl: context.baseUrl });
  const scope = await searchScope(context.store, request.caller, 'Patient', searchPins('Patient', search));
  const { rows } = await fetchPage(context.store, 'Patient', planSearch(search, scope.filter), {
    count: PER_LOOKUP,
    ...(request.signal ? { signal: request.signal } : {}),
  });
  return scope.mask ? rows.map(scope.mask) : rows;
}

/** People who may be the asked one. */
export interface Candidates {
  /** They carry the same number; from the whole country, with minimal demographics of those never seen here. */
  readonly sameNumber: readonly FoundResource[];
  /** People related to the caller's facilities whose name or birth date is alike. */
  readonly alike: readonly FoundResource[];
}

/**
 * Finds who is worth comparing, by the rules of a search: a person never seen at the caller's facilities by exact
 * identifier only (design.md 3.7). Each look-up gives the newest 200 at most.
 */
export async function findCandidates(context: FhirContext, request: FhirRequest, asked: Patient): Promise<Candidates> {
  const numbers = numbersQuery(asked);
  const [sameNumber, ...others] = await Promise.all([
    numbers ? lookUp(context, request, numbers) : [],
    ...likenessQueries(asked).map((query) => lookUp(context, request, query)),
  ]);
  const alike = new Map(others.flat().map((row) => [row._id, row]));
  for (const { _id } of sameNumber) alike.delete(_id);
  return { sameNumber, alike: [...alike.values()] };
}
