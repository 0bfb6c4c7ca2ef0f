import type { SortSpec } from '../../store/store.js';
import type { Filter } from '../../store/write-plan.js';
import type { Position, SortValue } from './cursor.js';
import { every } from './filter.js';

const isSortValue = (value: unknown): value is string | Date => typeof value === 'string' || value instanceof Date;

/** Sort values of a row in the order of the sort specification; `k.date` is the member `date` of `k`. */
export function positionOf(sort: SortSpec, row: object): Position {
  return Object.keys(sort).map((field): SortValue => {
    // Names of search parameters hold hyphens, never dots: what follows the first dot is one member.
    const dot = field.indexOf('.');
    const holder = (dot < 0 ? row : (row as Record<string, unknown>)[field.slice(0, dot)]) as
      Record<string, unknown> | undefined;
    const value = holder?.[field.slice(dot + 1)];
    return isSortValue(value) ? value : null;
  });
}

/**
 * Rows strictly after a value in one field; undefined when there can be none.
 * MongoDB sorts a missing value before all others: first ascending, last descending. `$not` keeps the missing ones in.
 */
function strictlyAfter(field: string, direction: 1 | -1, value: SortValue): Filter | undefined {
  if (direction === 1) return value === null ? { [field]: { $ne: null } } : { [field]: { $gt: value } };
  return value === null ? undefined : { [field]: { $not: { $gte: value } } };
}

const atOrAfter = (field: string, direction: 1 | -1, value: SortValue): Filter => {
  if (direction === 1) return value === null ? {} : { [field]: { $gte: value } };
  return value === null ? { [field]: null } : { [field]: { $not: { $gt: value } } };
};

/** A stretch of a total order: which rows, and the order among them. */
export interface OrderedRange {
  readonly filter: Filter;
  readonly sort: SortSpec;
}

/**
 * What follows a position in a total order, as ranges of an index to be read one after the other: `... a = x and b after y`,
 * then `a after x`. For an index that merges several scans: given alternatives, or fields to sort by that are held equal,
 * MongoDB would sort instead.
 */
export function rangesAfter(sort: SortSpec, position: Position): readonly OrderedRange[] {
  const fields = Object.entries(sort);
  const ranges = fields.flatMap(([field, direction], index): OrderedRange[] => {
    const after = strictlyAfter(field, direction, position[index] ?? null);
    if (!after) return [];
    const equal = fields.slice(0, index).map(([name], at) => ({ [name]: position[at] ?? null }));
    return [{ filter: every([...equal, after]), sort: Object.fromEntries(fields.slice(index)) }];
  });
  return ranges.reverse();
}

/**
 * Filter for what follows a position in a total order: `... or (a = x and b after y) or (a after x)`.
 * The bound on the first field follows from the rest; it is said so that the index scan starts there.
 */
export function afterPosition(sort: SortSpec, position: Position): Filter {
  const alternatives = rangesAfter(sort, position).map(({ filter }) => filter);
  const [first] = Object.entries(sort);
  const bound = first ? atOrAfter(first[0], first[1], position[0] ?? null) : {};
  return every([bound, alternatives.length === 1 ? (alternatives[0] ?? {}) : { $or: alternatives }]);
}
