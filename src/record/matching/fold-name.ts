import { normalizeText } from '../../fhir/search/normalize-text.js';

/** Short forms that registers use, without their dot, and what they stand for. */
const SHORT_FORMS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    ma: 'maria',
    fco: 'francisco',
    fca: 'francisca',
    ant: 'antonio',
    gpe: 'guadalupe',
    sto: 'santos',
    hdez: 'hernandez',
    fdez: 'fernandez',
    rdez: 'rodriguez',
    rodz: 'rodriguez',
    glez: 'gonzalez',
    gzlez: 'gonzalez',
    mtez: 'martinez',
    mtz: 'martinez',
    lpz: 'lopez',
  }),
);

/** Words that hold a name together and words that stand where there is no name yet (LN23:2019 annex 7). */
const SILENT: ReadonlySet<string> = new Set([
  ...['de', 'del', 'la', 'las', 'los', 'y', 'e'],
  ...['rn', 'hijo', 'hija', 'recien', 'nacido', 'nacida', 'desconocido', 'desconocida', 'nn'],
]);

/** Letters that sound alike in Honduran Spanish and are written for one another, in the order in which they are folded. */
const SOUNDS: readonly (readonly [spelling: RegExp, sound: string])[] = [
  [/ph/g, 'f'],
  [/ch/g, 'ĉ'],
  [/h/g, ''],
  // Before the letters whose sound depends on an i after them.
  [/ll|y/g, 'i'],
  [/qu(?=[ei])|q/g, 'k'],
  [/c(?=[ei])|z|x/g, 's'],
  [/c/g, 'k'],
  [/g(?=[ei])/g, 'j'],
  [/v|w/g, 'b'],
  [/(.)\1+/g, '$1'],
];

/** Words of a name as written: lower case, without accents and marks, short forms spelled out, silent words left out. */
export const nameWords = (text: string): readonly string[] =>
  normalizeText(text)
    .replace(/[^\p{L}\s]/gu, ' ')
    .split(/\s+/)
    .filter((word) => word !== '')
    .map((word) => SHORT_FORMS.get(word) ?? word)
    .filter((word) => !SILENT.has(word));

/** How a word sounds: `Yáñez`, `Ianes` and `YAÑES` are one; so are `Velásquez` and `Belazques`. */
export const soundOf = (word: string): string =>
  SOUNDS.reduce((text, [spelling, sound]) => text.replace(spelling, sound), word) || word;

/** Words of a name by their sound, in the order written. */
export const foldName = (text: string): readonly string[] => nameWords(text).map(soundOf);
