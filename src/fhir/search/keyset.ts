import type { SortSpec } from '../../store/store.js';
import type { Filter } from '../../store/write-plan.js';
import type { Position, SortValue } from './cursor.js';
import { every } from './filter.js';

const isSortValue = (value: unknown): value is string | Date => typeof value === 'string' || value instanceof Date;

/** Sort values of a row in the order of the sort specification; `k.date` is the member `date` of `k`. */
export function positionOf(sort: SortSpec, row: object): Position {
  return Object.keys(sort).map((field): SortValue => {
    const inside = field.startsWith('k.') ? field.slice('k.'.length) : undefined;
    const holder: unknown = inside === undefined ? row : (row as { k?: unknown }).k;
    const value = (holder as Record<string, unknown> | undefined)?.[inside ?? field];
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

/**
 * Filter for what follows a position in a total order: `(a after x) or (a = x and b after y) or ...`.
 * The bound on the first field follows from the rest; it is said so that the index scan starts there.
 */
export function afterPosition(sort: SortSpec, position: Position): Filter {
  const fields = Object.entries(sort);
  const alternatives = fields.flatMap(([field, direction], index) => {
    const after = strictlyAfter(field, direction, position[index] ?? null);
    if (!after) return [];
    const equal = fields.slice(0, index).map(([name], at) => ({ [name]: position[at] ?? null }));
    return [every([...equal, after])];
  });
  const [first] = fields;
  const bound = first ? atOrAfter(first[0], first[1], position[0] ?? null) : {};
  return every([bound, alternatives.length === 1 ? (alternatives[0] ?? {}) : { $or: alternatives }]);
}
