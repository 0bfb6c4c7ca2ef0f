import type { Filter } from '../../store/write-plan.js';
import { dateFilter, instantFilter } from './date-filter.js';
import { longClass } from './date-keys.js';
import { SEARCH_LIMITS } from './limits.js';
import { numberFilter, quantityFilter } from './number-filter.js';
import { intervalClass } from './number-keys.js';
import { pairsOf } from './pairs.js';
import type { SearchKind } from './parameters.js';
import {
  codeTokenKey,
  compositeParam,
  containsPatterns,
  displayParam,
  exactTextKey,
  type KeyRange,
  logicalReferenceKey,
  logicalReferenceRange,
  pairKey,
  presenceClass,
  presenceRange,
  referenceKey,
  systemTokenKey,
  systemTokenRange,
  textRange,
  typedIdentifierKey,
  uriBelowRange,
  uriKey,
} from './search-keys.js';
import type { CompositeValue, Criterion, SearchQuery, TokenValue } from './search-query.js';

/** All hold. */
export const every = (filters: readonly Filter[]): Filter => {
  const real = filters.filter((filter) => Object.keys(filter).length > 0);
  return real.length > 1 ? { $and: real } : (real[0] ?? {});
};

const NOTHING: Filter = { _id: { $in: [] } };

/** One of them holds. */
const some = (filters: readonly Filter[]): Filter => {
  if (filters.length === 0) return NOTHING;
  return filters.length === 1 && filters[0] ? filters[0] : { $or: filters };
};

/** A field of the envelope is one of the values. */
export const among = (field: string, values: readonly string[]): Filter =>
  values.length === 1 ? { [field]: values[0] } : { [field]: { $in: values } };

// Without $elemMatch the two ends could be met by two different elements, and MongoDB would use one of them only.
const within = (field: string, { from, before }: KeyRange): Filter => ({
  [field]: { $elemMatch: { $gte: from, $lt: before } },
});

/** How tokens and logical references are written as keys. */
interface TokenForm {
  readonly field: 's.tok' | 's.ref';
  key(param: string, system: string | undefined, code: string): string;
  range(param: string, system: string): KeyRange;
}

const TOKEN: TokenForm = {
  field: 's.tok',
  key: (param, system, code) =>
    system === undefined ? codeTokenKey(param, code) : systemTokenKey(param, system, code),
  range: systemTokenRange,
};
const LOGICAL: TokenForm = { field: 's.ref', key: logicalReferenceKey, range: logicalReferenceRange };

/** Index key of a token that names a code; undefined for `system|`. */
const tokenKey = (param: string, { system, code }: TokenValue, form: TokenForm): string | undefined =>
  code === undefined ? undefined : form.key(param, system, code);

function tokenFilter(param: string, values: readonly TokenValue[], form: TokenForm): Filter {
  const keys = values.map((value) => tokenKey(param, value, form)).filter((key) => key !== undefined);
  const ranges = values
    .filter(({ code }) => code === undefined)
    .map(({ system = '' }) => within(form.field, form.range(param, system)));
  return some([...(keys.length > 0 ? [among(form.field, keys)] : []), ...ranges]);
}

/** Has a parameter a value of its own? */
function presence(code: string, kind: SearchKind): Filter {
  switch (kind) {
    case 'token':
      return within('s.tok', presenceRange(code));
    case 'reference':
      return within('s.ref', presenceRange(code));
    case 'string':
      return within('s.str', presenceRange(code));
    case 'uri':
      return within('s.uri', presenceRange(code));
    case 'date':
      return among('s.dat.p', [code, longClass(code), presenceClass(code)]);
    default:
      return among('s.num.p', [code, intervalClass(code), presenceClass(code)]);
  }
}

/** Both parts in one element: the second is asked under a name made of the first. */
function compositeFilter(param: string, { first: { system, code }, second }: CompositeValue): Filter {
  const anySystem = compositeParam(param, code);
  if (second.kind === 'quantity') return some(second.values.map((value) => quantityFilter(anySystem, value, system)));
  if (second.kind === 'date') return some(second.values.map((value) => dateFilter(anySystem, value, { t: system })));
  return criterionFilter({ ...second, param: compositeParam(param, code, system) } as Criterion);
}

/** MongoDB filter of one criterion, on the envelope. */
function criterionFilter(criterion: Criterion): Filter {
  switch (criterion.kind) {
    case 'token':
      return tokenFilter(criterion.param, criterion.values, TOKEN);
    case 'logical':
      return tokenFilter(criterion.param, criterion.values, LOGICAL);
    case 'ofType':
    case 'reference':
    case 'uri': {
      const { field, keys } = plainKeys(criterion);
      return among(field, keys);
    }
    case 'uriBelow':
      return some(
        criterion.uris.flatMap((uri) => [
          among('s.uri', [uriKey(criterion.param, uri)]),
          within('s.uri', uriBelowRange(criterion.param, uri)),
        ]),
      );
    case 'string':
      return criterion.exact
        ? among(
            's.str',
            criterion.texts.map((text) => exactTextKey(criterion.param, text)),
          )
        : some(criterion.texts.map((text) => within('s.str', textRange(criterion.param, text))));
    case 'text':
      return some(criterion.texts.map((text) => within('s.str', textRange(displayParam(criterion.param), text))));
    case 'contains':
      return some(
        criterion.texts.flatMap((text) =>
          containsPatterns(criterion.param, text).map((pattern) => ({ 's.str': pattern })),
        ),
      );
    case 'date':
      return some(criterion.values.map((value) => dateFilter(criterion.param, value)));
    case 'number':
      return some(criterion.values.map((value) => numberFilter(criterion.param, value)));
    case 'quantity':
      return some(criterion.values.map((value) => quantityFilter(criterion.param, value)));
    case 'composite':
      return some(criterion.values.map((value) => compositeFilter(criterion.param, value)));
    case 'missing': {
      const present = criterion.parameters.map(({ code, kind }) => presence(code, kind));
      return criterion.missing ? { $nor: present } : some(present);
    }
    case 'any': {
      const keys = equalityKeys(criterion);
      return keys ? among(keys.field, keys.keys) : some(criterion.of.map(criterionFilter));
    }
    case 'not':
      return { $nor: [criterionFilter(criterion.of)] };
    case 'id':
      return among('_id', criterion.ids);
    case 'lastUpdated':
      return some(criterion.values.map((value) => instantFilter('lu', value)));
  }
}

/** Keys that a criterion asks for by equality, and the array they stand in. */
export interface EqualityKeys {
  readonly field: 's.tok' | 's.ref' | 's.uri';
  readonly keys: readonly string[];
}

type KeyedCriterion = Extract<Criterion, { kind: 'ofType' | 'reference' | 'uri' }>;

function plainKeys(criterion: KeyedCriterion): EqualityKeys {
  const { param } = criterion;
  switch (criterion.kind) {
    case 'reference':
      return { field: 's.ref', keys: criterion.targets.map((target) => referenceKey(param, target)) };
    case 'uri':
      return { field: 's.uri', keys: criterion.uris.map((uri) => uriKey(param, uri)) };
    case 'ofType':
      return {
        field: 's.tok',
        keys: criterion.values.map(({ system, code, value }) => typedIdentifierKey(param, system, code, value)),
      };
  }
}

function tokenKeys(param: string, values: readonly TokenValue[], form: TokenForm): EqualityKeys | undefined {
  const keys = values.map((value) => tokenKey(param, value, form));
  return keys.every((key) => key !== undefined) ? { field: form.field, keys } : undefined;
}

/** What a criterion asks for by equality; undefined when it asks for a range, or for what is not so. */
export function equalityKeys(criterion: Criterion): EqualityKeys | undefined {
  switch (criterion.kind) {
    case 'ofType':
    case 'reference':
    case 'uri':
      return plainKeys(criterion);
    case 'token':
      return tokenKeys(criterion.param, criterion.values, TOKEN);
    case 'logical':
      return tokenKeys(criterion.param, criterion.values, LOGICAL);
    case 'any': {
      const parts = criterion.of.map(equalityKeys);
      const [first] = parts;
      return first && parts.every((part) => part !== undefined)
        ? { field: first.field, keys: parts.flatMap(({ keys }) => keys) }
        : undefined;
    }
    default:
      return undefined;
  }
}

/** Keys of a criterion that may stand in a declared pair. */
const pairedKeys = (criterion: Criterion | undefined): readonly string[] | undefined =>
  criterion?.kind === 'token' || criterion?.kind === 'reference' ? equalityKeys(criterion)?.keys : undefined;

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
    const keysA = pairedKeys(first);
    const keysB = pairedKeys(second);
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
