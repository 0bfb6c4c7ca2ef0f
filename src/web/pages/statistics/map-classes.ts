import { type Figure, HIDDEN } from './figures.js';

/** One class of the map: its Roman numeral, and the smallest and largest published figure in it. */
export interface MapClass {
  readonly sign: string;
  readonly from: number;
  readonly to: number;
}

/** Five blues, light to dark: more cannot be told apart. */
const SIGNS = ['I', 'II', 'III', 'IV', 'V'] as const;
/** Sign of a figure that is zero. */
export const ZERO = '0';

/**
 * Classes of about equal size for the figures above zero; equal figures share a class. The bounds are figures
 * that are published, nothing in between.
 */
export function mapClasses(figures: readonly Figure[]): readonly MapClass[] {
  const shown = figures.filter((figure) => figure !== null && figure > 0).sort((a, b) => a! - b!) as number[];
  const classes: MapClass[] = [];
  for (const [index, figure] of shown.entries()) {
    const sign = SIGNS[Math.floor((index * SIGNS.length) / shown.length)] ?? SIGNS[0];
    const last = classes.at(-1);
    if (last && (last.sign === sign || last.to === figure)) classes[classes.length - 1] = { ...last, to: figure };
    else classes.push({ sign, from: figure, to: figure });
  }
  // No gaps in the signs: few different figures make few classes.
  return classes.map((one, index) => ({ ...one, sign: SIGNS[index] ?? one.sign }));
}

/** Sign of a figure on the map. */
export function signOf(figure: Figure, classes: readonly MapClass[]): string {
  if (figure === null) return HIDDEN;
  return classes.find(({ from, to }) => figure >= from && figure <= to)?.sign ?? ZERO;
}
