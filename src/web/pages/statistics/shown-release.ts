import type { ReleaseDescription } from '../../../statistics/release/release-files.js';
import { TOTAL } from '../../../statistics/table-types.js';
import type { Figures } from './figures.js';

/** A release as a page shows it, published or not: what its files say and nothing else. */
export interface ShownRelease {
  readonly description: ReleaseDescription;
  readonly figures: Figures;
  /** Address of the page: the choices are sent to it. */
  readonly action: string;
  /** Code of the measure of chart and map. */
  readonly measure: string;
}

/** The choice of the address if it is one of these codes, else the first. */
export const chosenCode = (asked: string | null, codes: readonly string[]): string =>
  codes.find((code) => code === asked) ?? codes[0] ?? TOTAL;
