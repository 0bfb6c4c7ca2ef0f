import { multiply, type Rational, rational, tenTo } from './rational.js';

/** A decimal as it was written. */
export interface Decimal {
  readonly value: Rational;
  /** Half a unit of its last digit: what it covers is `[value - half, value + half)`. */
  readonly half: Rational;
}

const DECIMAL = /^([+-]?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d{1,4}))?$/;
/** Digits and powers of ten beyond which a text is no number of medicine, but an attack on arithmetic. */
const MOST_DIGITS = 300;
const MOST_POWER = 1_000;
/** `1e2` covers [95, 105) in the standard's own example: an exponent form counts two significant digits at least. */
const LEAST_OF_EXPONENT_FORM = 2;

/**
 * Reads a decimal with its implicit precision (FHIR R4 search, number: 100 is [99.5, 100.5), 100.00 is [99.995, 100.005)).
 * Undefined for anything else, and beyond 300 digits or a power of ten of 1,000.
 */
export function parseDecimal(text: string): Decimal | undefined {
  const match = text.length <= MOST_DIGITS ? DECIMAL.exec(text) : null;
  if (!match) return undefined;
  const [, sign, whole = '', fraction = '', exponent] = match;
  const power = Number(exponent ?? 0);
  if (Math.abs(power) > MOST_POWER) return undefined;
  const digits = `${whole}${fraction}`;
  const missing =
    exponent === undefined ? 0 : Math.max(0, LEAST_OF_EXPONENT_FORM - digits.replace(/^0+(?=\d)/, '').length);
  const amount = BigInt(digits);
  const place = power - fraction.length;
  return {
    value: multiply(rational(sign === '-' ? -amount : amount), tenTo(place)),
    half: multiply(rational(1n, 2n), tenTo(place - missing)),
  };
}

/** Significant digits of a key; more are cut off, which keeps the order. */
const KEY_DIGITS = 40;
const BIAS = 5_000;
const EXPONENT_DIGITS = 4;
const LAST_EXPONENT = 9_999;

const SIGNS = { below: '0', zero: '1', above: '2', infinite: '3' } as const;
/** Key below and above those of all numbers. */
export const MINUS_INFINITY: string = SIGNS.below;
export const PLUS_INFINITY: string = SIGNS.infinite;

const lengthOf = (value: bigint): number => value.toString().length;

/** First digits of a positive fraction, without zeros at the end, and the power of ten of the first. */
function scientific({ n, d }: Rational): { digits: string; power: number } {
  let shift = KEY_DIGITS - (lengthOf(n) - lengthOf(d));
  const cut = (): bigint => (shift < 0 ? n / (d * 10n ** BigInt(-shift)) : (n * 10n ** BigInt(shift)) / d);
  let digits = cut().toString();
  if (digits.length > KEY_DIGITS) {
    shift -= digits.length - KEY_DIGITS;
    digits = cut().toString();
  }
  return { digits: digits.replace(/0+$/, ''), power: digits.length - 1 - shift };
}

const complement = (digits: string): string => digits.replace(/\d/g, (digit) => String(9 - Number(digit)));
const exponentText = (value: number): string => String(value).padStart(EXPONENT_DIGITS, '0');

/**
 * A number as text that sorts like the number, for an index: sign, biased power of ten, digits. Equal numbers have
 * equal keys however they were written (`1.10`, `11e-1`), to 40 significant digits.
 * Undefined when the power of ten is beyond 4,999.
 */
export function sortableKey(value: Rational): string | undefined {
  if (value.n === 0n) return SIGNS.zero;
  const negative = value.n < 0n;
  const { digits, power } = scientific(negative ? { n: -value.n, d: value.d } : value);
  const biased = power + BIAS;
  if (biased < 1 || biased >= LAST_EXPONENT) return undefined;
  if (!negative) return `${SIGNS.above}${exponentText(biased)}${digits}`;
  // What is larger in amount is less; the tilde puts -5 above -5.4.
  return `${SIGNS.below}${exponentText(LAST_EXPONENT - biased)}${complement(digits)}~`;
}
