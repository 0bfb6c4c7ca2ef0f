import { isTemporaryNumber } from '../../../access/temporary-number.js';
import { plainDni, resemblesDni } from '../../../record/dni.js';

/** What somebody typed into the search box, understood. */
export type Question =
  | { readonly kind: 'nothing' }
  /** 13 digits. */
  | { readonly kind: 'dni'; readonly dni: string }
  /** Digits that were meant to be a DNI: one too few or too many. */
  | { readonly kind: 'broken-dni'; readonly digits: number }
  /** File number, passport, temporary number, number of a referral. */
  | { readonly kind: 'number'; readonly value: string }
  | { readonly kind: 'names'; readonly words: readonly string[] }
  /** Nothing left to search by. */
  | { readonly kind: 'no-letters' };

const DNI_DIGITS = 13;
const MOST_WORDS = 6;

/** Understands the search box. @param text as typed */
export function readQuestion(text: string): Question {
  const asked = text.normalize('NFC').trim();
  if (asked === '') return { kind: 'nothing' };
  if (resemblesDni(asked)) {
    const dni = plainDni(asked);
    return dni.length === DNI_DIGITS ? { kind: 'dni', dni } : { kind: 'broken-dni', digits: dni.length };
  }
  // Of ten temporary numbers one has no digit.
  const isNumber = /\d/.test(asked) || isTemporaryNumber(asked.toUpperCase());
  if (isNumber) return { kind: 'number', value: asked.replace(/\s+/g, ' ') };
  const words = (asked.match(/[\p{L}\p{M}'’.-]+/gu) ?? []).filter((word) => /\p{L}/u.test(word)).slice(0, MOST_WORDS);
  const letters = words.join('').replace(/[^\p{L}]/gu, '').length;
  return letters < 2 ? { kind: 'no-letters' } : { kind: 'names', words };
}

/**
 * A birth date or year as people write it, as a FHIR date: `1984`, `12/5/1984`, `12-05-1984`, `1984-05-12`.
 * Undefined when it is none of these.
 */
export function readBirth(text: string): string | undefined {
  const asked = text.trim();
  if (/^(18|19|20)\d\d$/.test(asked)) return asked;
  const [, year, month, day] = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(asked) ?? [];
  const [, d, m, y] = /^(\d{1,2})[/\-. ](\d{1,2})[/\-. ](\d{4})$/.exec(asked) ?? [];
  const date = `${year ?? y}-${(month ?? m ?? '').padStart(2, '0')}-${(day ?? d ?? '').padStart(2, '0')}`;
  const moment = new Date(`${date}T00:00:00Z`);
  return !Number.isNaN(moment.getTime()) && moment.toISOString().startsWith(date) ? date : undefined;
}
