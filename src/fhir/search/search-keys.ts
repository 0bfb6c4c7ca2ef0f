import { createHash } from 'node:crypto';
import { SEARCH_LIMITS } from './limits.js';
import { normalizeText } from './normalize-text.js';

/*
 * The one place that knows how a search value is written as an indexed string (see `SearchValues`):
 * the writer and the planner both come here, so that they cannot disagree.
 */

/** Sorts above every character of a text: upper end of a prefix range. */
const AFTER_ALL = '\u{10ffff}';
/** Stands between the normalised and the original text; `normalizeText` leaves no control character. */
const EXACT = '\u0001';

// A bare `|` in a system would make `a|b` + `c` equal `a` + `b|c`; percent-encoded it is the same URI.
const systemKey = (system: string): string => (system.includes('|') ? system.replaceAll('|', '%7C') : system);

/** Half-open range of strings. */
export interface KeyRange {
  readonly from: string;
  readonly before: string;
}

const rangeOf = (prefix: string): KeyRange => ({ from: prefix, before: `${prefix}${AFTER_ALL}` });

/** Token of one system; the empty system means "has none". */
export const systemTokenKey = (param: string, system: string, code: string): string =>
  `${param}|${systemKey(system)}|${code}`;
/** Token of whatever system. */
export const codeTokenKey = (param: string, code: string): string => `${param}~${code}`;
/** All tokens of one system. */
export const systemTokenRange = (param: string, system: string): KeyRange => rangeOf(`${param}|${systemKey(system)}|`);

/** Two declared parameters joined; `a` and `b` are their keys as given by the functions above. */
export const pairKey = (paramA: string, paramB: string, a: string, b: string): string =>
  `${paramA}+${paramB}~${a.slice(paramA.length)}&${b.slice(paramB.length)}`;

/** Reference: `Type/id` or an absolute URL. */
export const referenceKey = (param: string, target: string): string => `${param}~${target}`;
/** Logical reference by identifier. */
export const logicalReferenceKey = (param: string, system: string, value: string): string =>
  `${param}~identifier|${systemKey(system)}|${value}`;

export const uriKey = (param: string, uri: string): string => `${param}~${uri}`;

const shortened = (text: string): string =>
  text.length <= SEARCH_LIMITS.textLength ? text : `sha256:${createHash('sha256').update(text).digest('base64url')}`;

const startOf = (text: string): string => normalizeText(text).slice(0, SEARCH_LIMITS.textLength);

/** Key of a whole string for `:exact`: sorts inside the prefix range of the same text. */
export const exactTextKey = (param: string, text: string): string =>
  `${param}~${startOf(text)}${EXACT}${shortened(text)}`;

/** What a plain string search for `text` finds: everything that starts with it. */
export const textRange = (param: string, text: string): KeyRange => rangeOf(`${param}~${startOf(text)}`);

/**
 * Keys of a string: the whole (which `:exact` finds too) and what follows from each further word, so that
 * `García` and `de la Cruz` find the second surname in `López García de la Cruz`.
 */
export function textKeys(param: string, text: string): string[] {
  const words = startOf(text).split(' ').slice(0, SEARCH_LIMITS.textWords);
  const fromWord = words.slice(1).map((_, index) => `${param}~${words.slice(index + 1).join(' ')}`);
  return [exactTextKey(param, text), ...fromWord];
}
