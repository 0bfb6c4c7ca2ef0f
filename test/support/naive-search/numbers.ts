import { atMost, by, decimalOf, type Fraction, less, minus, plus } from './fraction.js';

const UCUM = 'http://unitsofmeasure.org';

/** The units of the generated data: dimension, factor and zero point, by hand. */
const UNITS: Readonly<Record<string, readonly [dimension: string, factor: Fraction, zero: Fraction]>> = {
  'g/L': ['density', [1n, 1n], [0n, 1n]],
  'mg/dL': ['density', [1n, 100n], [0n, 1n]],
  'ug/mL': ['density', [1n, 1000n], [0n, 1n]],
  Cel: ['temperature', [1n, 1n], [27315n, 100n]],
  '[degF]': ['temperature', [5n, 9n], [45967n, 100n]],
  'mm[Hg]': ['pressure', [1333220n, 10000n], [0n, 1n]],
  kPa: ['pressure', [1000n, 1n], [0n, 1n]],
  kg: ['mass', [1000n, 1n], [0n, 1n]],
  '[lb_av]': ['mass', [45359237n, 100000n], [0n, 1n]],
  a: ['time', [31557600n, 1n], [0n, 1n]],
  mo: ['time', [2629800n, 1n], [0n, 1n]],
  d: ['time', [86400n, 1n], [0n, 1n]],
  min: ['time', [60n, 1n], [0n, 1n]],
};

interface Quantity {
  readonly value?: number;
  readonly comparator?: string;
  readonly unit?: string;
  readonly system?: string;
  readonly code?: string;
}

/** Ends of a stored value; an open end is absent, a strict one is left out itself. */
interface Span {
  readonly low?: Fraction;
  readonly high?: Fraction;
  readonly strictLow?: boolean;
  readonly strictHigh?: boolean;
}

interface Asked {
  readonly prefix: string;
  readonly value: Fraction;
  readonly half: Fraction;
}

// "Is the end of the span above x", with an absent end as infinity.
const highAbove = ({ high, strictHigh }: Span, x: Fraction, orEqual: boolean): boolean =>
  high === undefined || less(x, high) || (orEqual && !strictHigh && atMost(x, high));
const lowBelow = ({ low, strictLow }: Span, x: Fraction, orEqual: boolean): boolean =>
  low === undefined || less(low, x) || (orEqual && !strictLow && atMost(low, x));

const absolute = ([n, d]: Fraction): Fraction => [n < 0n ? -n : n, d];

/** FHIR R4 search, number and prefixes, word by word; `f` brings the asked number into the unit of the span. */
function compareSpan(span: Span, { prefix, value, half }: Asked, f: (x: Fraction) => Fraction): boolean {
  const tenth = by(absolute(value), [1n, 10n]);
  const margin = less(tenth, half) ? half : tenth;
  const at = f(value);
  const from = f(minus(value, half));
  const before = f(plus(value, half));
  // Contained in [from, before): nothing of the span is below `from`, or at or above `before`.
  const inside = !(lowBelow(span, from, false) || highAbove(span, before, true));
  switch (prefix) {
    case 'eq':
      return inside;
    case 'ne':
      return !inside;
    case 'gt':
      return highAbove(span, at, false);
    case 'ge':
      return highAbove(span, at, true);
    case 'lt':
      return lowBelow(span, at, false);
    case 'le':
      return lowBelow(span, at, true);
    case 'sa':
      return !lowBelow(span, at, true);
    case 'eb':
      return !highAbove(span, at, true);
    default:
      return lowBelow(span, f(plus(value, margin)), true) && highAbove(span, f(minus(value, margin)), true);
  }
}

const fractionOf = (value: number): Fraction => decimalOf(String(value)).value;

function spanOf({ value, comparator }: Quantity): Span | undefined {
  if (value === undefined) return undefined;
  const at = fractionOf(value);
  switch (comparator) {
    case '<':
      return { high: at, strictHigh: true };
    case '<=':
      return { high: at };
    case '>':
      return { low: at, strictLow: true };
    case '>=':
      return { low: at };
    default:
      return { low: at, high: at };
  }
}

const same = (x: Fraction): Fraction => x;
const base =
  ([, factor, zero]: (typeof UNITS)[string] & object) =>
  (x: Fraction): Fraction =>
    by(plus(x, zero), factor);

const mapSpan = (span: Span, f: (x: Fraction) => Fraction): Span => ({
  ...span,
  ...(span.low ? { low: f(span.low) } : {}),
  ...(span.high ? { high: f(span.high) } : {}),
});

function askedOf(text: string): Asked {
  const [, prefix = 'eq', digits = ''] = /^(eq|ne|gt|lt|ge|le|sa|eb|ap)?(.*)$/.exec(text) ?? [];
  return { prefix, ...decimalOf(digits) };
}

/** Does a plain number match `ge5.4`? */
export function numberMatches(stored: number, asked: string): boolean {
  const at = fractionOf(stored);
  return compareSpan({ low: at, high: at }, askedOf(asked), same);
}

/** Does a Quantity, or a Range with one unit, match `5.4|system|code`, `5.4||code` or `5.4`? */
export function quantityMatches(stored: unknown, asked: string): boolean {
  const range = stored as { low?: Quantity; high?: Quantity };
  const isRange = range.low !== undefined || range.high !== undefined;
  const quantity = (isRange ? (range.low ?? range.high) : stored) as Quantity;
  const ends: Span = {
    ...(range.low?.value === undefined ? {} : { low: fractionOf(range.low.value) }),
    ...(range.high?.value === undefined ? {} : { high: fractionOf(range.high.value) }),
  };
  const span = isRange ? ends : spanOf(quantity);
  if (!span) return false;
  const [number = '', system, code] = asked.split('|');
  const unit = system === UCUM ? UNITS[code ?? ''] : undefined;
  if (unit) {
    const own = quantity.system === UCUM ? UNITS[quantity.code ?? ''] : undefined;
    return (
      own !== undefined && own[0] === unit[0] && compareSpan(mapSpan(span, base(own)), askedOf(number), base(unit))
    );
  }
  if (system === '' && code !== quantity.code && code !== quantity.unit) return false;
  if (system !== undefined && system !== '' && (system !== quantity.system || code !== quantity.code)) return false;
  return compareSpan(span, askedOf(number), same);
}
