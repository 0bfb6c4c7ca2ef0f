import { createHmac, randomBytes } from 'node:crypto';

/** Letters and digits that nobody takes for another on paper: no 0 and O, no 1 and I (ui-anchors 4.4). */
export const SHORT_CODE_ALPHABET = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ';
/** Ten of 32 characters are 50 bits. */
export const SHORT_CODE_LENGTH = 10;

const PIN_DIGITS = 6;

/** A code that people copy by hand: ten characters, each as likely as any other (32 divides 256). */
export const newShortCode = (): string =>
  Array.from(randomBytes(SHORT_CODE_LENGTH), (byte) => SHORT_CODE_ALPHABET[byte % SHORT_CODE_ALPHABET.length]).join('');

/** The code that somebody typed, in any case and with marks between the characters; undefined when it can be none. */
export function readShortCode(typed: string): string | undefined {
  const code = typed
    .slice(0, 60)
    .toUpperCase()
    .replace(/[\s.·–—_-]/gu, '');
  const known = Array.from(code).every((character) => SHORT_CODE_ALPHABET.includes(character));
  return code.length === SHORT_CODE_LENGTH && known ? code : undefined;
}

/** The code as it is printed: two groups of five, `ABCDE-FGHJK`. */
export const shortCodeText = (code: string): string => `${code.slice(0, 5)}-${code.slice(5)}`;

/**
 * Six digits that go with a code, for people whose birth date nobody knows (design.md 3a.21). Made from the code by a keyed
 * hash (RFC 2104), so that nothing needs to be stored and nobody can count it out.
 * @param secret `FhirContext.paperSecret`
 */
export function pinOf(secret: string, code: string): string {
  const hash = createHmac('sha256', secret).update(`pin ${code}`).digest();
  return String(hash.readUIntBE(0, PIN_DIGITS) % 10 ** PIN_DIGITS).padStart(PIN_DIGITS, '0');
}
