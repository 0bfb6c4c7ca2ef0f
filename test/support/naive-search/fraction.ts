/** An exact fraction [numerator, denominator], denominator positive. */
export type Fraction = readonly [bigint, bigint];

export const minus = ([a, b]: Fraction, [c, d]: Fraction): Fraction => [a * d - c * b, b * d];
export const plus = ([a, b]: Fraction, [c, d]: Fraction): Fraction => [a * d + c * b, b * d];
export const by = ([a, b]: Fraction, [c, d]: Fraction): Fraction => [a * c, b * d];
export const less = (x: Fraction, y: Fraction): boolean => minus(x, y)[0] < 0n;
export const atMost = (x: Fraction, y: Fraction): boolean => minus(x, y)[0] <= 0n;

/** A decimal text and half of what its last digit counts. */
export function decimalOf(text: string): { value: Fraction; half: Fraction } {
  const [mantissa = '', exponent] = text.toLowerCase().split('e');
  const [whole = '', fraction = ''] = mantissa.replace(/^[+-]/, '').split('.');
  const scale = fraction.length - Number(exponent ?? 0);
  const power = 10n ** BigInt(Math.abs(scale));
  const of = (digits: bigint): Fraction => (scale >= 0 ? [digits, power] : [digits * power, 1n]);
  const amount = of(BigInt(`${whole}${fraction}`));
  // The standard's example: 1e2 is [95, 105), as if it said 1.0e2.
  const digits = `${whole}${fraction}`.replace(/^0+(?=.)/, '').length;
  const coarse = exponent !== undefined && digits < 2 ? 20n : 2n;
  const [n, d] = of(1n);
  return { value: mantissa.startsWith('-') ? [-amount[0], amount[1]] : amount, half: [n, d * coarse] };
}
