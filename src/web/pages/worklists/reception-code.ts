import { readShortCode } from '../../../access/short-code.js';
import { SID } from '../../../config/canonical.js';

/** One thing that a text given at the desk can be: what to search, and by which identifier. */
export interface Reading {
  readonly of: 'ServiceRequest' | 'Patient';
  readonly system: string;
  readonly value: string;
}

const MOST_CHARACTERS = 60;
const REFERRAL_NUMBER = /^REF-?(\d{4})-?(\d{1,12})$/;
const REFERRAL_DIGITS = 7;

const referralNumber = (text: string): string | undefined => {
  const [, year, number] = REFERRAL_NUMBER.exec(text) ?? [];
  return year === undefined || number === undefined
    ? undefined
    : `REF-${year}-${number.padStart(REFERRAL_DIGITS, '0')}`;
};

/**
 * What a text given at the desk can be, the surest first: the number of a referral, the code of its sheet, a DNI, else the
 * number of a paper file. Case, spaces and dashes do not matter where they do not count.
 */
export function readingsOf(typed: string): readonly Reading[] {
  const text = typed.trim().slice(0, MOST_CHARACTERS);
  if (text === '') return [];
  const number = referralNumber(text.toUpperCase().replaceAll(/\s/g, ''));
  if (number !== undefined) return [{ of: 'ServiceRequest', system: SID.referencia, value: number }];
  const digits = text.replaceAll(/[\s.-]/g, '');
  if (/^\d{13}$/.test(digits)) return [{ of: 'Patient', system: SID.dni, value: digits }];
  const code = readShortCode(text);
  return [
    ...(code === undefined ? [] : [{ of: 'ServiceRequest', system: SID.seguimiento, value: code } as const]),
    { of: 'Patient', system: SID.expediente, value: text },
  ];
}
