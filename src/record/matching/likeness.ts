/** Shorter words differ by one letter and are other names: Ana, Ada. */
const LONG_WORD = 5;
const ONE_LETTER_OFF = 0.85;
const INITIAL = 0.7;
/** All that the shorter name says stands in the longer one: people leave out a second name or surname. */
const PART_OF = 0.9;

/** Do the texts differ by one letter put in, left out, changed, or by two neighbours swapped? */
export function oneLetterOff(a: string, b: string): boolean {
  const [short, long] = a.length <= b.length ? [a, b] : [b, a];
  if (long.length - short.length > 1 || a === b) return false;
  let at = 0;
  while (at < short.length && short[at] === long[at]) at += 1;
  if (short.length < long.length) return short.slice(at) === long.slice(at + 1);
  if (short.slice(at + 1) === long.slice(at + 1)) return true;
  return short[at] === long[at + 1] && short[at + 1] === long[at] && short.slice(at + 2) === long.slice(at + 2);
}

function wordLikeness(a: string, b: string): number {
  if (a === b) return 1;
  const shorter = Math.min(a.length, b.length);
  if (shorter === 1 && a[0] === b[0]) return INITIAL;
  return shorter >= LONG_WORD && oneLetterOff(a, b) ? ONE_LETTER_OFF : 0;
}

const best = (words: readonly string[], others: readonly string[]): number =>
  words.reduce((sum, word) => sum + Math.max(...others.map((other) => wordLikeness(word, other))), 0);

/** How alike two lists of name words are, 0 to 1, whatever their order; undefined when one is empty. */
export function nameLikeness(a: readonly string[], b: readonly string[]): number | undefined {
  if (a.length === 0 || b.length === 0) return undefined;
  const mean = (best(a, b) + best(b, a)) / (a.length + b.length);
  if (a.length === b.length) return mean;
  const [short, long] = a.length < b.length ? [a, b] : [b, a];
  return Math.max(mean, (PART_OF * best(short, long)) / short.length);
}

const SAME_MONTH = 0.8;
const DAY_AND_MONTH_SWAPPED = 0.9;
const SAME_YEAR = 0.6;
const DIGIT_OFF = 0.5;
const NEXT_YEAR = 0.4;

/** How alike two birth dates are, 0 to 1, each of whatever precision: typing errors and guessed years count. */
export function birthLikeness(a: string, b: string): number {
  const precision = Math.min(a.length, b.length);
  const [one, other] = [a.slice(0, precision), b.slice(0, precision)];
  // The less precise date says no more than that it does not contradict.
  if (one === other) return a.length === b.length && precision === 10 ? 1 : precision === 4 ? SAME_YEAR : SAME_MONTH;
  const swapped = `${a.slice(0, 4)}-${a.slice(8)}-${a.slice(5, 7)}`;
  if (precision === 10 && swapped === b) return DAY_AND_MONTH_SWAPPED;
  if (precision >= 7 && one.slice(0, 7) === other.slice(0, 7)) return SAME_MONTH;
  if (one.slice(0, 4) === other.slice(0, 4)) return SAME_YEAR;
  if (precision === 10 && oneLetterOff(one, other)) return DIGIT_OFF;
  return Math.abs(Number(one.slice(0, 4)) - Number(other.slice(0, 4))) === 1 ? NEXT_YEAR : 0;
}
