import type { NumberValue } from '../../store/envelope.js';
import { type CanonicalUnit, canonicalUnit } from '../ucum/canonical-unit.js';
import { sortableKey } from '../ucum/decimal.js';
import { add, multiply, type Rational } from '../ucum/rational.js';

/** System of UCUM codes. */
export const UCUM = 'http://unitsofmeasure.org';

/** Index entries of values as written stand under the parameter, those in a canonical unit under `param#unit`. */
export const canonicalClass = (param: string, unit: string): string => `${param}#${unit}`;
/** Class of intervals, which have two ends; all else are points. */
export const intervalClass = (param: string): string => `${param}~`;

/** Unit of a quantity, when its code is one of UCUM. */
export const unitOf = (system: string | undefined, code: string | undefined): CanonicalUnit | undefined =>
  system === UCUM && code !== undefined ? canonicalUnit(code) : undefined;

/** A value of a unit in its canonical unit. */
export const toCanonical = ({ offset, factor }: CanonicalUnit, value: Rational): Rational =>
  multiply(add(value, offset), factor);

/** Ends of a stored number, as sortable keys; equal for a point. */
export interface KeyInterval {
  readonly lo: string;
  readonly hi: string;
}

/** Stored form; `more` are the unit as written and the system of a composite's code. */
export const numberEntry = (
  param: string,
  { lo, hi }: KeyInterval,
  more: Pick<NumberValue, 'u' | 't'> = {},
): NumberValue => (lo === hi ? { p: param, lo, ...more } : { p: intervalClass(param), lo, hi, ...more });

/** Sortable key of a value, in the canonical unit when one is given; undefined when it is beyond what is indexed. */
export const keyOf = (value: Rational, unit?: CanonicalUnit): string | undefined =>
  sortableKey(unit ? toCanonical(unit, value) : value);
