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
/** Logical reference by identifier; `system` is undefined for "whatever the system". */
export const logicalReferenceKey = (param: string, system: string | undefined, value: string): string =>
  system === undefined ? `${param}~identifier~${value}` : `${param}~identifier|${systemKey(system)}|${value}`;
/** All logical references by identifiers of one system. */
export const logicalReferenceRange = (param: string, system: string): KeyRange =>
  rangeOf(`${param}~identifier|${systemKey(system)}|`);

/** Identifier of a kind, for `:of-type`. */
export const typedIdentifierKey = (param: string, system: string, code: string, value: string): string =>
  `${param}^${systemKey(system)}|${code}|${value}`;

/** What stands in the place of a value that gives no key: it is there, and nothing can be asked of it. */
export const presenceKey = (param: string): string => `${param}~`;
/** All values of a parameter in an array of strings. */
export const presenceRange = (param: string): KeyRange => rangeOf(`${param}~`);
/** Class of such a value among dates and numbers. */
export const presenceClass = (param: string): string => `${param}!`;

/** A part of a composite's name must hold none of the signs that separate parts. */
const namePart = (text: string): string =>
  text.replace(/[%~#|$!^]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);

/** What a composite is called for one value of its first part, with or without the system of the code. */
export const compositeParam = (param: string, code: string, system?: string): string =>
  `${param}$${system === undefined ? '' : `${namePart(system)}|`}${namePart(code)}`;

/** Parameter under which the displays and texts of codes stand, for `:text`. */
export const displayParam = (param: string): string => `${param}:text`;

export const uriKey = (param: string, uri: string): string => `${param}~${uri}`;
/** Everything under a URL, itself left out. */
export const uriBelowRange = (param: string, uri: string): KeyRange => rangeOf(`${param}~${uri.replace(/\/$/, '')}/`);

const shortened = (text: string): string =>
  text.length <= SEARCH_LIMITS.textLength ? text : `sha256:${createHash('sha256').update(text).digest('base64url')}`;

const startOf = (text: string): string => normalizeText(text).slice(0, SEARCH_LIMITS.textLength);

/** Key of a whole string for `:exact`: sorts inside the prefix range of the same text. */
export const exactTextKey = (param: string, text: string): string =>
  `${param}~${startOf(text)}${EXACT}${shortened(text)}`;

/** What a plain string search for `text` finds: everything that starts with it. */
export const textRange = (param: string, text: string): KeyRange => rangeOf(`${param}~${startOf(text)}`);

const PIECE = 2 * SEARCH_LIMITS.textLength;

/** Pieces of a text longer than what is indexed as a whole, overlapping, so that each part of it stands in one piece. */
function pieces(param: string, text: string): string[] {
  const whole = normalizeText(text);
  if (whole.length <= SEARCH_LIMITS.textLength) return [];
  const count = Math.ceil(whole.length / SEARCH_LIMITS.textLength);
  return Array.from({ length: count }, (_, index) => {
    const start = index * SEARCH_LIMITS.textLength;
    return `${param}!${whole.slice(start, start + PIECE)}`;
  });
}

const escaped = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');

/**
 * Patterns of the keys of a string that holds `text` anywhere: whole texts (before their original), pieces of long ones.
 * Each starts with the parameter, so that an index scan is bound to it.
 */
export const containsPatterns = (param: string, text: string): readonly RegExp[] => {
  const part = escaped(normalizeText(text));
  return [new RegExp(`^${escaped(param)}~[^${EXACT}]*${part}`), new RegExp(`^${escaped(param)}!.*${part}`)];
};

/** Keys of a display, from each of its words on. */
export function displayKeys(param: string, text: string): string[] {
  const words = startOf(text).split(' ').slice(0, SEARCH_LIMITS.textWords);
  return words.map((_, index) => `${displayParam(param)}~${words.slice(index).join(' ')}`);
}

/**
 * Keys of a string: the whole (which `:exact` finds too) and what follows from each further word, so that
 * `García` and `de la Cruz` find the second surname in `López García de la Cruz`.
 */
export function textKeys(param: string, text: string): string[] {
  const words = startOf(text).split(' ').slice(0, SEARCH_LIMITS.textWords);
  const fromWord = words.slice(1).map((_, index) => `${param}~${words.slice(index + 1).join(' ')}`);
  return [exactTextKey(param, text), ...fromWord, ...pieces(param, text)];
}
