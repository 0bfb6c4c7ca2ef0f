import type { PublishedRow } from '../audit/published-table.js';
import {
  type Breakdown,
  BREAKDOWNS,
  cellKey,
  type CellPlace,
  placesOf,
  type PublishedCounts,
  type TablePlan,
  TOTAL,
} from '../table-types.js';

/** Columns of every table file; `group` is there for the groups that yearly tables will have. */
export const COLUMNS = ['geo', 'time', 'sex', 'age', 'specialty', 'group', 'measure', 'value', 'status'] as const;

/** A row as it stands in the files. `status` is `c` where the count is hidden. */
export type FileRow = PublishedRow & {
  readonly time: string;
  readonly group: string;
  readonly status: '' | 'c';
};

/** Codes of a place in the columns of the files. */
export function codesOf({ measure, region, breakdown, category }: CellPlace): Omit<PublishedRow, 'value'> {
  const all: Record<Breakdown, string> = { sex: TOTAL, age: TOTAL, specialty: TOTAL };
  const categories = breakdown === TOTAL ? all : { ...all, [breakdown]: category };
  return { geo: region, ...categories, measure };
}

/** Places of one table: its own cells and the margins over its categories. */
export const tablePlaces = (plan: TablePlan, breakdown: Breakdown): CellPlace[] =>
  placesOf(plan).filter((place) => place.breakdown === breakdown || place.breakdown === TOTAL);

/** Rows of one table in the order of the plan: measure, region, category; margins first. */
export function tableRows(plan: TablePlan, breakdown: Breakdown, month: string, figures: PublishedCounts): FileRow[] {
  return tablePlaces(plan, breakdown).map((place) => {
    const value = figures.get(cellKey(place)) ?? null;
    return { ...codesOf(place), time: month, group: TOTAL, value, status: value === null ? 'c' : '' };
  });
}

/** All rows of a release, every figure once. */
export function releaseRows(plan: TablePlan, figures: PublishedCounts): PublishedRow[] {
  return placesOf(plan).map((place) => ({ ...codesOf(place), value: figures.get(cellKey(place)) ?? null }));
}

/** Names of the tables. */
export const TABLES = BREAKDOWNS.map((breakdown) => ({ breakdown, name: `region-${breakdown}` }));
