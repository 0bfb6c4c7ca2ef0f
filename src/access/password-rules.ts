import type { Words } from '../words.js';
import { COMMON_PASSWORDS } from './common-passwords.js';
import { DEMO_PASSWORD } from './demo-password.js';

/** Characters (Unicode code points) of a password; the upper bound keeps hashing cheap (OWASP ASVS 6.2). */
export const PASSWORD_LENGTH = { min: 8, max: 128 } as const;

/** Words that every guesser of this person's password knows. */
export interface PersonalWords {
  /** Account name, facility name, ... */
  readonly names: readonly string[];
}

const PROBLEMS = {
  short: {
    es: `Escriba una contraseña de ${PASSWORD_LENGTH.min} caracteres o más. Puede ser una frase con espacios.`,
    en: `Write a password of ${PASSWORD_LENGTH.min} characters or more. It may be a sentence with spaces.`,
  },
  long: {
    es: `Escriba una contraseña de ${PASSWORD_LENGTH.max} caracteres o menos.`,
    en: `Write a password of ${PASSWORD_LENGTH.max} characters or fewer.`,
  },
  common: {
    es: 'Esa contraseña es de las primeras que se prueban. Escriba otra; por ejemplo, cuatro palabras que no van juntas.',
    en: 'That password is among the first to be guessed. Write another one; for example, four words that do not belong together.',
  },
  personal: {
    es: 'La contraseña lleva su usuario o el nombre de su establecimiento. Escriba otra.',
    en: 'The password holds your user name or the name of your facility. Write another one.',
  },
} as const satisfies Record<string, Words>;

const plain = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');
const stem = (text: string): string =>
  text
    .normalize('NFC')
    .toLowerCase()
    .replace(/[\d.*#!]+$/u, '');

/** All the same, digits in a row, or a common word: three ways of being first in every list. */
const isCommon = (password: string): boolean =>
  new Set(password).size <= 2 || /^\d{1,10}$/.test(password) || COMMON_PASSWORDS.has(stem(password));

/**
 * What is wrong with a new password, in words for the person; undefined when it may be used.
 * No rules about kinds of characters and no forced change (NIST SP 800-63B, 5.1.1.2).
 */
export function passwordProblem(password: string, { names }: PersonalWords): Words | undefined {
  // Counted without building a list of what may be a megabyte.
  if (password.length > PASSWORD_LENGTH.max * 4) return PROBLEMS.long;
  const { length } = Array.from(password.normalize('NFC'));
  if (length < PASSWORD_LENGTH.min) return PROBLEMS.short;
  if (length > PASSWORD_LENGTH.max) return PROBLEMS.long;
  if (password === DEMO_PASSWORD || isCommon(password)) return PROBLEMS.common;
  const reduced = plain(password);
  const holds = names.map(plain).some((name) => name.length >= 4 && reduced.includes(name));
  return holds ? PROBLEMS.personal : undefined;
}
