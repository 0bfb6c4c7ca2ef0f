import type { Position, SortValue } from '../fhir/search/cursor.js';
import { every } from '../fhir/search/filter.js';
import { type OrderedRange, positionOf, rangesAfter } from '../fhir/search/keyset.js';
import type { SortSpec } from '../store/store.js';
import type { Filter } from '../store/write-plan.js';

/** Total order of a list of work. */
export interface ListOrder {
  /** Fields of the index in which it stands, the last one telling equals apart. */
  readonly sort: SortSpec;
  /**
   * Rows whose moment in `field` has passed come before the others, among those that are equal in the first `within` fields of the
   * sort. Which ones these are changes with time and is written nowhere, so the index knows two orders, one of each kind, and
   * the list merges them. All pages of a list go by the moment of the first, so that no row slips past between two of them.
   */
  readonly pastFirst?: { readonly field: string; readonly within: number };
}

/** One kind of the rows of a list, in the order of the index: what is read, one range after the other. */
export interface Strand {
  readonly filter: Filter;
  readonly ranges: readonly OrderedRange[];
  /** Position of a row of it, where the next page starts. */
  readonly position: (row: object) => Position;
}

/** Number of values in a position of an order. */
export const positionLength = ({ sort, pastFirst }: ListOrder): number =>
  Object.keys(sort).length + (pastFirst ? 2 : 0);

const whole = (sort: SortSpec): readonly OrderedRange[] => [{ filter: {}, sort }];

/** What follows in a strand behind a row of the other one: nothing but later groups, or this group from its start. */
function rangesBeside(sort: SortSpec, within: number, group: Position, again: boolean): readonly OrderedRange[] {
  const fields = Object.entries(sort);
  const [head, tail] = [Object.fromEntries(fields.slice(0, within)), Object.fromEntries(fields.slice(within))];
  const same = { filter: every(group.map((value, at) => ({ [fields[at]?.[0] ?? '']: value }))), sort: tail };
  const later = rangesAfter(head, group).map((range) => ({ ...range, sort: { ...range.sort, ...tail } }));
  return [...(again ? [same] : []), ...later];
}

/**
 * The strands of an order, those that come first first; their ranges begin behind a position.
 * @param after end of the page before; undefined for the first
 * @param now moment of the first page; later pages go by the one in their position
 */
export function strandsOf({ sort, pastFirst }: ListOrder, after: Position | undefined, now: Date): readonly Strand[] {
  if (!pastFirst) {
    const ranges = after ? rangesAfter(sort, after) : whole(sort);
    return [{ filter: {}, ranges, position: (row) => positionOf(sort, row) }];
  }
  const { field, within } = pastFirst;
  const [at = now, kind, ...place] = after ?? [];
  const group = place.slice(0, within);
  const strand = (own: '0' | '1', filter: Filter): Strand => ({
    filter,
    ranges: !after
      ? whole(sort)
      : own === kind
        ? rangesAfter(sort, place)
        : rangesBeside(sort, within, group, own === '1'),
    position: (row) => [at, own, ...positionOf(sort, row)],
  });
  return [strand('0', { [field]: { $lte: at } }), strand('1', { [field]: { $not: { $lte: at } } })];
}

const compare = (a: SortValue, b: SortValue): number => {
  const [left, right] = [a ?? '', b ?? ''];
  return left < right ? -1 : left > right ? 1 : 0;
};

/** How two rows of different strands stand to each other: by the fields before the moment counts; 0: the first strand's row first. */
export function compareGroups({ sort, pastFirst }: ListOrder, a: object, b: object): number {
  const head = Object.fromEntries(Object.entries(sort).slice(0, pastFirst?.within ?? 0));
  const [left, right] = [positionOf(head, a), positionOf(head, b)];
  for (const [index, direction] of Object.values(head).entries()) {
    const found = direction * compare(left[index] ?? null, right[index] ?? null);
    if (found !== 0) return found;
  }
  return 0;
}
