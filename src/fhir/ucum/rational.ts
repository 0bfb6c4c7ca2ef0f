/** An exact fraction; the denominator is positive. Not reduced: equality is asked of what is made of it. */
export interface Rational {
  readonly n: bigint;
  readonly d: bigint;
}

export const rational = (n: bigint, d = 1n): Rational => (d < 0n ? { n: -n, d: -d } : { n, d });
export const ZERO: Rational = rational(0n);
export const ONE: Rational = rational(1n);

export const add = (a: Rational, b: Rational): Rational => rational(a.n * b.d + b.n * a.d, a.d * b.d);
export const subtract = (a: Rational, b: Rational): Rational => rational(a.n * b.d - b.n * a.d, a.d * b.d);
export const multiply = (a: Rational, b: Rational): Rational => rational(a.n * b.n, a.d * b.d);
/** @throws RangeError when `b` is zero */
export function divide(a: Rational, b: Rational): Rational {
  if (b.n === 0n) throw new RangeError('division by zero');
  return rational(a.n * b.d, a.d * b.n);
}
export const absolute = (a: Rational): Rational => (a.n < 0n ? rational(-a.n, a.d) : a);
/** Below zero, zero or above zero as `a` is less than, equal to or greater than `b`. */
export const compare = (a: Rational, b: Rational): number =>
  Number(subtract(a, b).n > 0n) - Number(subtract(a, b).n < 0n);
export const greater = (a: Rational, b: Rational): Rational => (compare(a, b) >= 0 ? a : b);

/** Ten to a whole power, also a negative one. */
export const tenTo = (power: number): Rational =>
  power < 0 ? rational(1n, 10n ** BigInt(-power)) : rational(10n ** BigInt(power));

/** Whole power, also a negative one. */
export function raise(base: Rational, power: number): Rational {
  const times = BigInt(Math.abs(power));
  return power < 0 ? rational(base.d ** times, base.n ** times) : rational(base.n ** times, base.d ** times);
}
