import { randomBytes } from 'node:crypto';

/** Letters and digits that nobody takes for one another on paper; 32 of them, so that a byte chooses evenly. */
const ALPHABET = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ';
const TEMPORARY = /^T-[2-9A-HJ-NP-Z]{8}$/;

/**
 * A number for somebody who has none: it stands on the person's paper and finds her again, and it makes a form that was
 * sent twice one person.
 */
export const newTemporaryNumber = (): string =>
  `T-${[...randomBytes(8)].map((byte) => ALPHABET[byte % ALPHABET.length]).join('')}`;

/** Is this a number as {@link newTemporaryNumber} makes them? */
export const isTemporaryNumber = (text: string): boolean => TEMPORARY.test(text);
