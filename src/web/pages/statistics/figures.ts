import type { FileRow } from '../../../statistics/release/rows.js';
import { type Breakdown, BREAKDOWNS, TOTAL } from '../../../statistics/table-types.js';
import type { Language } from '../../language.js';

/** A figure as it is published: null where it is hidden. */
export type Figure = number | null;

/** What stands in a cell that is hidden; the files have the same letter in `status`. */
export const HIDDEN = 'c';

/** A figure for people: "1,234", or the letter of what is hidden. Nothing is rounded or computed. */
export const figureText = (figure: Figure, language: Language): string =>
  figure === null ? HIDDEN : new Intl.NumberFormat(language === 'es' ? 'es-HN' : 'en-GB').format(figure);

const keyOf = (measure: string, region: string, category: string): string => `${measure}|${region}|${category}`;

/** The published figures of one table, by measure, region and category. A place that the file has not is hidden. */
export class Figures {
  readonly #values: ReadonlyMap<string, Figure>;

  /** @param rows of the file of one table */
  constructor(rows: readonly FileRow[]) {
    const categoryOf = (row: FileRow): string =>
      BREAKDOWNS.map((breakdown: Breakdown) => row[breakdown]).find((code) => code !== TOTAL) ?? TOTAL;
    this.#values = new Map(rows.map((row) => [keyOf(row.measure, row.geo, categoryOf(row)), row.value]));
  }

  at(measure: string, region: string = TOTAL, category: string = TOTAL): Figure {
    return this.#values.get(keyOf(measure, region, category)) ?? null;
  }
}
