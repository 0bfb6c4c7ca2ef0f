import type { Filter } from '../../store/write-plan.js';
import { dateFilter, instantFilter } from './date-filter.js';
import {
  codeTokenKey,
  exactTextKey,
  type KeyRange,
  referenceKey,
  systemTokenKey,
  systemTokenRange,
  textRange,
  uriKey,
} from './search-keys.js';
import type { Condition, TokenValue } from './search-query.js';

/** All hold. */
export const every = (filters: readonly Filter[]): Filter => {
  const real = filters.filter((filter) => Object.keys(filter).length > 0);
  return real.length > 1 ? { $and: real } : (real[0] ?? {});
};

/** One of them holds. */
export const some = (filters: readonly Filter[]): Filter =>
  filters.length === 1 && filters[0] ? filters[0] : { $or: filters };

/** A field of the envelope is one of the values. */
export const among = (field: string, values: readonly string[]): Filter =>
  values.length === 1 ? { [field]: values[0] } : { [field]: { $in: values } };

// Without $elemMatch the two ends could be met by two different elements, and MongoDB would use one of them only.
const within = (field: string, { from, before }: KeyRange): Filter => ({ [field]: { $elemMatch: { $gte: from, $lt: before } } });

/** Index key of a token that names a code; undefined for `system|`. */
export const tokenKey = (param: string, { system, code }: TokenValue): string | undefined => {
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

/** MongoDB filter of one condition, on the envelope. */
export function conditionFilter(condition: Condition): Filter {
  switch (condition.kind) {
    case 'token':
      return tokenFilter(condition.param, condition.values);
    case 'reference':
      return among('s.ref', condition.targets.map((target) => referenceKey(condition.param, target)));
    case 'uri':
      return among('s.uri', condition.uris.map((uri) => uriKey(condition.param, uri)));
    case 'string':
      return condition.exact
        ? among('s.str', condition.texts.map((text) => exactTextKey(condition.param, text)))
        : some(condition.texts.map((text) => within('s.str', textRange(condition.param, text))));
    case 'date':
      return some(condition.values.map((value) => dateFilter(condition.param, value)));
    case 'id':
      return among('_id', condition.ids);
    case 'lastUpdated':
      return some(condition.values.map((value) => instantFilter('lu', value)));
  }
}
