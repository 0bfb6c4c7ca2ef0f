import type { Filter } from '../../store/write-plan.js';
import { dateFilter, instantFilter } from './date-filter.js';
import { SEARCH_LIMITS } from './limits.js';
import { pairsOf } from './pairs.js';
import {
  codeTokenKey,
  exactTextKey,
  type KeyRange,
  pairKey,
  referenceKey,
  systemTokenKey,
  systemTokenRange,
  textRange,
  uriKey,
} from './search-keys.js';
import type { Criterion, SearchQuery, TokenValue } from './search-query.js';

/** All hold. */
export const every = (filters: readonly Filter[]): Filter => {
  const real = filters.filter((filter) => Object.keys(filter).length > 0);
  return real.length > 1 ? { $and: real } : (real[0] ?? {});
};

/** One of them holds. */
const some = (filters: readonly Filter[]): Filter =>
  filters.length === 1 && filters[0] ? filters[0] : { $or: filters };

/** A field of the envelope is one of the values. */
export const among = (field: string, values: readonly string[]): Filter =>
  values.length === 1 ? { [field]: values[0] } : { [field]: { $in: values } };

// Without $elemMatch the two ends could be met by two different elements, and MongoDB would use one of them only.
const within = (field: string, { from, before }: KeyRange): Filter => ({
  [field]: { $elemMatch: { $gte: from, $lt: before } },
});

/** Index key of a token that names a code; undefined for `system|`. */
const tokenKey = (param: string, { system, code }: TokenValue): string | undefined => {
  if (code === undefined) return undefined;
  return system === undefined ? codeTokenKey(param, code) : systemTokenKey(param, system, code);
};

function tokenFilter(param: string, values: readonly TokenValue[]): Filter {
  const keys = values.map((value) => tokenKey(param, value)).filter((key) => key !== undefined);
  const ranges = values
    .filter(({ code }) => code === undefined)
    .map(({ system = '' }) => within('s.tok', systemTokenRange(param, system)));
  return some([...(keys.length > 0 ? [among('s.tok', keys)] : []), ...ranges]);
}

/** MongoDB filter of one criterion, on the envelope. */
function criterionFilter(criterion: Criterion): Filter {
  switch (criterion.kind) {
    case 'token':
      return tokenFilter(criterion.param, criterion.values);
    case 'reference':
      return among(
        's.ref',
        criterion.targets.map((target) => referenceKey(criterion.param, target)),
      );
    case 'uri':
      return among(
        's.uri',
        criterion.uris.map((uri) => uriKey(criterion.param, uri)),
      );
    case 'string':
      return criterion.exact
        ? among(
            's.str',
            criterion.texts.map((text) => exactTextKey(criterion.param, text)),
          )
        : some(criterion.texts.map((text) => within('s.str', textRange(criterion.param, text))));
    case 'date':
      return some(criterion.values.map((value) => dateFilter(criterion.param, value)));
    case 'id':
      return among('_id', criterion.ids);
    case 'lastUpdated':
      return some(criterion.values.map((value) => instantFilter('lu', value)));
  }
}

/** Keys that a criterion asks for by equality in `s.tok` or `s.ref`; undefined when it asks for a range. */
export function equalityKeys(criterion: Criterion): string[] | undefined {
  if (criterion.kind === 'reference') return criterion.targets.map((target) => referenceKey(criterion.param, target));
  if (criterion.kind !== 'token') return undefined;
  const keys = criterion.values.map((value) => tokenKey(criterion.param, value));
  return keys.every((key) => key !== undefined) ? keys : undefined;
}

const byParam = (criteria: readonly Criterion[], param: string): Criterion | undefined =>
  criteria.find((criterion) => 'param' in criterion && criterion.param === param);

/**
 * MongoDB filter of all criteria of a query, on the envelope, without the caller's reach. Declared pairs become one
 * joined look-up in the place of two criteria: the same rows, one scan.
 */
export function toFilter({ type, criteria }: Pick<SearchQuery, 'type' | 'criteria'>): Filter {
  let left = [...criteria];
  const joined: Filter[] = [];
  for (const [a, b] of pairsOf(type)) {
    const [first, second] = [byParam(left, a), byParam(left, b)];
    const keysA = first && equalityKeys(first);
    const keysB = second && equalityKeys(second);
    if (!keysA || !keysB || keysA.length * keysB.length > SEARCH_LIMITS.pairKeys) continue;
    joined.push(
      among(
        's.tok',
        keysA.flatMap((x) => keysB.map((y) => pairKey(a, b, x, y))),
      ),
    );
    left = left.filter((criterion) => criterion !== first && criterion !== second);
  }
  return every([...joined, ...left.map(criterionFilter)]);
}
