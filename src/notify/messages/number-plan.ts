/** Numbers of eight digits, first and last of a stretch. */
interface NumberRange {
  readonly first: number;
  readonly last: number;
}

/** Honduras (ITU-T E.164, assigned country codes). */
export const COUNTRY = '504';

/**
 * Numbers of Honduras that take short messages: mobiles begin with 3, 7, 8 or 9. Source: Conatel, Resolución NR014/06 (eight
 * digits for mobiles since 2007) and the plan of +504 as ITU publishes it (national numbering plans, ITU-T E.129); each
 * stretch is to be confirmed with Conatel before production.
 */
export const MOBILE_RANGES: readonly NumberRange[] = [
  { first: 30_000_000, last: 39_999_999 },
  { first: 70_000_000, last: 79_999_999 },
  { first: 80_000_000, last: 89_999_999 },
  { first: 90_000_000, last: 99_999_999 },
];

/** Telephones of houses and offices: eight digits that begin with 2 since 2010 (Conatel, announcement of 13-11-2010). */
export const LANDLINE_RANGES: readonly NumberRange[] = [{ first: 20_000_000, last: 29_999_999 }];

/**
 * Beginnings of numbers that cost extra or are nobody's mobile, wherever messages abroad are allowed: the global services of
 * E.164 (free, shared cost, satellite, universal, networks, disaster relief, premium) and 900 of the North American plan.
 */
export const NEVER_ABROAD: readonly string[] = [
  ...['800', '808', '870', '875', '876', '877', '878', '881', '882', '883', '888', '979'],
  '1900',
];

export const isIn = (ranges: readonly NumberRange[], number: number): boolean =>
  ranges.some(({ first, last }) => number >= first && number <= last);
