import type { Measure } from './measures.js';

/** Code of every margin: all regions, all categories. */
export const TOTAL = 'total';

/** Dimensions that are crossed with the region, each in a table of its own. */
export const BREAKDOWNS = ['sex', 'age', 'specialty'] as const;
export type Breakdown = (typeof BREAKDOWNS)[number];

/** A category or region with its name in both languages. */
export interface Category {
  readonly code: string;
  readonly es: string;
  readonly en: string;
}

/** The shape of all tables of a release: what stands in rows and columns, margins apart. */
export interface TablePlan {
  readonly regions: readonly Category[];
  readonly breakdowns: Readonly<Record<Breakdown, readonly Category[]>>;
  readonly measures: readonly Measure[];
}

/** Where a figure stands. The margin over the categories is one cell for all three tables: breakdown `total`. */
export interface CellPlace {
  readonly measure: string;
  readonly region: string;
  readonly breakdown: Breakdown | typeof TOTAL;
  readonly category: string;
}

/** Text of a place, its identity in maps; a margin is the same cell in whichever table it is shown. */
export const cellKey = ({ measure, region, breakdown, category }: CellPlace): string =>
  category === TOTAL ? `${measure}|${region}|${TOTAL}|${TOTAL}` : `${measure}|${region}|${breakdown}|${category}`;

/** Every cell of a plan once, margins first, in the order of the plan. */
export function placesOf({ regions, breakdowns, measures }: TablePlan): CellPlace[] {
  const rows = [TOTAL, ...regions.map(({ code }) => code)];
  return measures.flatMap((measure) =>
    rows.flatMap((region) => [
      { measure, region, breakdown: TOTAL, category: TOTAL },
      ...BREAKDOWNS.flatMap((breakdown) =>
        breakdowns[breakdown].map(({ code }) => ({ measure, region, breakdown, category: code })),
      ),
    ]),
  );
}

/**
 * True counts by cell key. They never leave this folder: nothing here can be turned into text by accident,
 * and what is published has another type.
 */
export class RawCounts {
  readonly #counts: ReadonlyMap<string, number>;

  constructor(counts: Iterable<readonly [string, number]>) {
    this.#counts = new Map(counts);
  }

  /** Count of a cell; 0 when nothing was counted there. */
  at(key: string): number {
    return this.#counts.get(key) ?? 0;
  }

  /** All counts other than 0, for the snapshot in the store. */
  entries(): [string, number][] {
    return [...this.#counts].filter(([, count]) => count !== 0).sort(([a], [b]) => (a < b ? -1 : 1));
  }

  toJSON(): never {
    throw new TypeError('unprotected counts are not to be written out');
  }
}

declare const PROTECTED: unique symbol;
/** Figures that went through the protection, by cell key: a count, or null where it is hidden. */
export type PublishedCounts = ReadonlyMap<string, number | null> & { readonly [PROTECTED]: true };
