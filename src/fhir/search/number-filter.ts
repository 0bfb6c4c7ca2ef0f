import type { Filter } from '../../store/write-plan.js';
import type { CanonicalUnit } from '../ucum/canonical-unit.js';
import { MINUS_INFINITY, PLUS_INFINITY } from '../ucum/decimal.js';
import { absolute, add, greater, multiply, type Rational, rational, subtract } from '../ucum/rational.js';
import { canonicalClass, intervalClass, keyOf, unitOf } from './number-keys.js';
import type { DatePrefix, NumberComparison, QuantityComparison } from './search-query.js';

/** Bounds on one end of a stored number, as sortable keys. */
interface Bounds {
  readonly $gt?: string;
  readonly $gte?: string;
  readonly $lt?: string;
  readonly $lte?: string;
}

interface Ends {
  readonly lo?: Bounds;
  readonly hi?: Bounds;
}

/** What is asked, as sortable keys: the number itself, what its digits cover `[from, before)`, and what is near it. */
interface AskedKeys {
  readonly at: string;
  readonly from: string;
  readonly before: string;
  readonly near: readonly [low: string, high: string];
}

/**
 * What each prefix asks of a stored number or interval: one of the alternatives holds. `eq` and `ne` go by the implicit
 * precision of the asked number, the others take it as exact (FHIR R4 search, number); `ap` is a tenth of it to both sides.
 */
const TESTS: Readonly<Record<DatePrefix, (asked: AskedKeys) => readonly Ends[]>> = {
  eq: ({ from, before }) => [{ lo: { $gte: from }, hi: { $lt: before } }],
  ne: ({ from, before }) => [{ lo: { $lt: from } }, { hi: { $gte: before } }],
  gt: ({ at }) => [{ hi: { $gt: at } }],
  lt: ({ at }) => [{ lo: { $lt: at } }],
  ge: ({ at }) => [{ hi: { $gte: at } }],
  le: ({ at }) => [{ lo: { $lte: at } }],
  sa: ({ at }) => [{ lo: { $gt: at } }],
  eb: ({ at }) => [{ hi: { $lt: at } }],
  ap: ({ near: [low, high] }) => [{ lo: { $lte: high }, hi: { $gte: low } }],
};

const TENTH = rational(1n, 10n);

function askedKeys({ value, half }: NumberComparison['number'], unit?: CanonicalUnit): AskedKeys {
  const margin = greater(multiply(absolute(value), TENTH), half);
  // Beyond what is indexed there is nothing: such a bound is an end of all numbers.
  const key = (at: Rational): string => keyOf(at, unit) ?? (at.n < 0n ? MINUS_INFINITY : PLUS_INFINITY);
  return {
    at: key(value),
    from: key(subtract(value, half)),
    before: key(add(value, half)),
    near: [key(subtract(value, margin)), key(add(value, margin))],
  };
}

/** Conditions beside the number: the unit as written, the system of a composite's code. */
type Beside = Readonly<Record<string, string>>;

function elements(param: string, ends: Ends, beside: Beside): Filter[] {
  const { lo, hi } = ends;
  // The two ends of a point are one field.
  const point = { p: param, lo: { ...lo, ...hi }, ...beside };
  const interval = { p: intervalClass(param), ...(lo ? { lo } : {}), ...(hi ? { hi } : {}), ...beside };
  return [point, interval].map((element) => ({ 's.num': { $elemMatch: element } }));
}

const filterOf = (param: string, prefix: DatePrefix, asked: AskedKeys, beside: Beside): Filter => ({
  $or: TESTS[prefix](asked).flatMap((ends) => elements(param, ends, beside)),
});

/** Filter of one comparison with a number. */
export const numberFilter = (param: string, { prefix, number }: NumberComparison): Filter =>
  filterOf(param, prefix, askedKeys(number), {});

/**
 * Filter of one comparison with a quantity: in the canonical unit when the asked one is of UCUM, else by the unit as it was
 * written, else whatever the unit.
 * @param t system that the code of a composite must have
 */
export function quantityFilter(param: string, { prefix, number, unit }: QuantityComparison, t?: string): Filter {
  const beside: Beside = t === undefined ? {} : { t };
  const canonical = unit && unitOf(unit.system, unit.code);
  if (canonical) return filterOf(canonicalClass(param, canonical.unit), prefix, askedKeys(number, canonical), beside);
  const written = unit && (unit.system === undefined ? unit.code : `${unit.system}|${unit.code}`);
  return filterOf(param, prefix, askedKeys(number), { ...beside, ...(written === undefined ? {} : { u: written }) });
}
