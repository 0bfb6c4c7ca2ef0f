import { isLosslessNumber } from 'lossless-json';
import { fault } from '../../errors.js';
import { MAX_DEPTH } from '../exact-json.js';

/** Nodes that all `copy` operations of one patch may make together: doubling a list twenty times is a million. */
const MOST_COPIED = 100_000;

/** Counts what a patch copies. */
export interface CopyBudget {
  left: number;
}

export const copyBudget = (): CopyBudget => ({ left: MOST_COPIED });

/** True for an object or a list; a number kept as written is a class of its own and counts as a value. */
export const isContainer = (value: unknown): value is Record<string, unknown> | unknown[] =>
  typeof value === 'object' && value !== null && !isLosslessNumber(value);

/**
 * Deep copy that keeps numbers as they were written.
 * @throws ServiceError 400 `body-too-deep`, 422 `patch-failed` when the budget is used up
 */
export function cloneTree(value: unknown, budget: CopyBudget, depth = 0): unknown {
  budget.left -= 1;
  if (budget.left < 0) throw fault('patch-failed', { part: 'copy', reason: `> ${MOST_COPIED}` });
  if (!isContainer(value)) return value;
  if (depth > MAX_DEPTH) throw fault('body-too-deep', { limit: MAX_DEPTH });
  if (Array.isArray(value)) return value.map((item) => cloneTree(item, budget, depth + 1));
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, cloneTree(member, budget, depth + 1)]));
}

/** Longer literals of numbers are compared as they are written: the work on one grows faster than its length. */
const LONGEST_NUMBER = 300;

/** Text that is the same for the same number: `1.10`, `1.1` and `11e-1` are one. */
function numberText(value: unknown): string | undefined {
  const literal = typeof value === 'number' ? String(value) : isLosslessNumber(value) ? value.value : undefined;
  if (literal !== undefined && literal.length > LONGEST_NUMBER) return literal;
  const parts = literal === undefined ? null : /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/.exec(literal);
  if (!parts) return undefined;
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = parts;
  const digits = `${whole}${fraction}`.replace(/^0+/, '');
  const short = digits.replace(/0+$/, '');
  if (short === '') return '0';
  return `${sign}${short}e${BigInt(exponent) - BigInt(fraction.length) + BigInt(digits.length - short.length)}`;
}

/** Equality of RFC 6902, 4.6: numbers by value, objects whatever the order of their members. */
export function sameTree(a: unknown, b: unknown): boolean {
  const [first, second] = [numberText(a), numberText(b)];
  if (first !== undefined || second !== undefined) return first === second;
  if (!isContainer(a) || !isContainer(b)) return a === b;
  if (Array.isArray(a) || Array.isArray(b))
    return Array.isArray(a) && Array.isArray(b) && a.length === b.length && a.every((item, i) => sameTree(item, b[i]));
  const keys = Object.keys(a);
  return (
    keys.length === Object.keys(b).length && keys.every((key) => Object.hasOwn(b, key) && sameTree(a[key], b[key]))
  );
}

/**
 * Leaves out the containers that a patch has emptied: FHIR JSON has no empty lists and objects
 * (https://hl7.org/fhir/R4/json.html). What was sent empty stays, to be refused by validation.
 * @returns the tree; undefined when nothing is left of it
 * @throws ServiceError 400 `body-too-deep`
 */
export function withoutEmptied(value: unknown, emptied: ReadonlySet<object>, depth = 0): unknown {
  if (!isContainer(value)) return value;
  if (depth > MAX_DEPTH) throw fault('body-too-deep', { limit: MAX_DEPTH });
  let lost = emptied.has(value);
  const kept = Object.entries(value).flatMap(([key, member]): [string, unknown][] => {
    const left = withoutEmptied(member, emptied, depth + 1);
    if (left !== undefined || member === undefined) return [[key, left]];
    lost = true;
    return [];
  });
  if (lost && kept.length === 0) return undefined;
  return Array.isArray(value) ? kept.map(([, member]) => member) : Object.fromEntries(kept);
}
