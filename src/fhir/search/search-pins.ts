import type { SearchPins } from '../../access/policy/visibility.js';
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

const asksIdentifier = (criterion: Criterion): boolean =>
  criterion.kind === 'token' &&
  criterion.param === 'identifier' &&
  criterion.values.every(({ system, code }) => Boolean(system) && code !== undefined);

/** What a query pins down, for the access policy: the patients of its first criterion that names patients, an identifier. */
export function searchPins(type: string, { criteria }: Pick<SearchQuery, 'criteria'>): SearchPins {
  const patients = criteria.flatMap((criterion) => {
    const named = namedPatients(type, criterion);
    return named ? [named] : [];
  });
  return { patients: patients[0] ?? [], exactIdentifier: type === 'Patient' && criteria.some(asksIdentifier) };
}
