import { PERSONAL_NUMBERS } from '../../access/policy/personal-numbers.js';
import type { SearchPins } from '../../access/policy/visibility.js';
import { SEARCH_LIMITS } from './limits.js';
import type { Criterion, SearchQuery } from './search-query.js';

const PREFIX = 'Patient/';

/** Patients that a criterion names, when it names nothing else; undefined otherwise. */
export function namedPatients(type: string, criterion: Criterion): readonly string[] | undefined {
  if (criterion.kind === 'id') return type === 'Patient' ? criterion.ids : undefined;
  if (criterion.kind !== 'reference' || criterion.param !== 'patient') return undefined;
  return criterion.targets.every((target) => target.startsWith(PREFIX))
    ? criterion.targets.map((target) => target.slice(PREFIX.length))
    : undefined;
}

/**
 * Parameters of Patient that ask for no more than `minimalDemographics` shows: any other beside an identifier would
 * turn "found or not" into an answer about what is hidden (where the person is treated, a telephone, an address).
 */
const SHOWN: ReadonlySet<string> = new Set(['identifier', 'active', 'name', 'family', 'given', 'gender', 'birthdate']);

/** Whole numbers of the person, a few at a time; no other number is shown of strangers. */
const asksIdentifier = (criterion: Criterion): boolean =>
  criterion.kind === 'token' &&
  criterion.param === 'identifier' &&
  criterion.values.length <= SEARCH_LIMITS.strangers &&
  criterion.values.every(({ system = '', code }) => PERSONAL_NUMBERS.has(system) && code !== undefined);

const asksShown = (criterion: Criterion): boolean => {
  switch (criterion.kind) {
    case 'id':
    case 'lastUpdated':
      return true;
    case 'token':
    case 'string':
    case 'contains':
    case 'date':
      return SHOWN.has(criterion.param) && (criterion.param !== 'identifier' || asksIdentifier(criterion));
    default:
      return false;
  }
};

/** What a query pins down, for the access policy: the patients of its first criterion that names patients, an identifier. */
export function searchPins(
  type: string,
  { criteria, linked = [] }: Pick<SearchQuery, 'criteria'> & Partial<Pick<SearchQuery, 'linked'>>,
): SearchPins {
  const patients = criteria.flatMap((criterion) => {
    const named = namedPatients(type, criterion);
    return named ? [named] : [];
  });
  // What somebody is linked with is never shown of strangers, and "found or not" would be an answer about it.
  const exactIdentifier =
    type === 'Patient' && linked.length === 0 && criteria.some(asksIdentifier) && criteria.every(asksShown);
  return { patients: patients[0] ?? [], exactIdentifier };
}
