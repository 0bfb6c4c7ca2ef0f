import type { Quantity, Range } from '@medplum/fhirtypes';
import { isLosslessNumber } from 'lossless-json';
import type { NumberValue } from '../../store/envelope.js';
import type { CanonicalUnit } from '../ucum/canonical-unit.js';
import { MINUS_INFINITY, parseDecimal, PLUS_INFINITY } from '../ucum/decimal.js';
import { add, absolute, multiply, type Rational, rational, subtract } from '../ucum/rational.js';
import { canonicalClass, keyOf, type KeyInterval, numberEntry, unitOf } from './number-keys.js';

/** A number of FHIR JSON as it was written (exact-json.ts); undefined for anything else, and for absurd ones. */
export function numberOf(value: unknown): Rational | undefined {
  if (typeof value === 'number') return parseDecimal(String(value))?.value;
  return isLosslessNumber(value) ? parseDecimal(value.value)?.value : undefined;
}

/** So much less or more than a bound as makes no difference but "not the bound itself". */
const NEARLY = rational(1n, 10n ** 38n);
const nudge = (value: Rational): Rational => multiply(value.n === 0n ? rational(1n) : absolute(value), NEARLY);

interface Ends {
  readonly lo?: Rational;
  readonly hi?: Rational;
}

/** What a quantity says, with its comparator: `<5` is everything below 5. */
function ends(comparator: Quantity['comparator'], value: Rational): Ends {
  switch (comparator) {
    case '<':
      return { hi: subtract(value, nudge(value)) };
    case '<=':
      return { hi: value };
    case '>':
      return { lo: add(value, nudge(value)) };
    case '>=':
      return { lo: value };
    default:
      return { lo: value, hi: value };
  }
}

function keys({ lo, hi }: Ends, unit?: CanonicalUnit): KeyInterval | undefined {
  const low = lo === undefined ? MINUS_INFINITY : keyOf(lo, unit);
  const high = hi === undefined ? PLUS_INFINITY : keyOf(hi, unit);
  return low === undefined || high === undefined ? undefined : { lo: low, hi: high };
}

/** What a unit can be asked by, as written: its code and its text; with its system where it has no canonical form. */
function unitTexts({ system, code, unit }: Quantity, canonical: CanonicalUnit | undefined): string[] {
  const texts = [code, unit, code !== undefined && !canonical ? `${system ?? ''}|${code}` : undefined];
  return [...new Set(texts.filter((text) => text !== undefined))];
}

function entries(
  param: string,
  quantity: Quantity,
  range: Ends,
  sameUnit: boolean,
  t: string | undefined,
): NumberValue[] {
  const unit = unitOf(quantity.system, quantity.code);
  const composite = t === undefined ? {} : { t };
  const written = keys(range);
  const u = unitTexts(quantity, unit);
  const canonical = unit && sameUnit ? keys(range, unit) : undefined;
  return [
    ...(written ? [numberEntry(param, written, { ...(u.length > 0 ? { u } : {}), ...composite })] : []),
    ...(canonical && unit ? [numberEntry(canonicalClass(param, unit.unit), canonical, composite)] : []),
  ];
}

function rangeEntries(param: string, { low, high }: Range, t: string | undefined): NumberValue[] {
  const [lo, hi] = [numberOf(low?.value), numberOf(high?.value)];
  const quantity = low ?? high;
  if (!quantity || (lo === undefined && hi === undefined)) return [];
  const sameUnit = !low || !high || (low.system === high.system && low.code === high.code);
  return entries(param, quantity, { ...(lo ? { lo } : {}), ...(hi ? { hi } : {}) }, sameUnit, t);
}

const QUANTITIES: ReadonlySet<string> = new Set([
  'Quantity',
  'Age',
  'Duration',
  'Count',
  'Distance',
  'SimpleQuantity',
  'Money',
]);

/**
 * Index entries of a number or a quantity by its FHIR type (R4 search, number and quantity): as written, and in the
 * canonical unit when its unit is one of UCUM. A SampledData is a series and has no one value.
 * @param t system of the code that `param` names, for composites
 */
export function numberEntries(param: string, type: string, value: unknown, t?: string): NumberValue[] {
  if (type === 'Range') return rangeEntries(param, value as Range, t);
  if (QUANTITIES.has(type)) {
    const quantity = value as Quantity;
    const number = numberOf(quantity.value);
    return number ? entries(param, quantity, ends(quantity.comparator, number), true, t) : [];
  }
  const number = numberOf(value);
  const key = number && keyOf(number);
  return key === undefined ? [] : [numberEntry(param, { lo: key, hi: key }, t === undefined ? {} : { t })];
}
