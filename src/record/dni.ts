/** Digits of a DNI (domain: departamento 2, municipio 2, year of registration 4, sequence 5). */
const DNI_DIGITS = 13;
/** Highest department code. */
const DEPARTMENTS = 18;
/** The civil registry began in 1881: nobody who needs care is registered before. */
const FIRST_YEAR = 1881;

/** Why a text is no DNI (`length`), or why it deserves a second look. */
export type DniDoubt = 'length' | 'department' | 'year';

/** A DNI without the dashes, dots and spaces that people write: `0801-1990-00012` is `0801199000012`. */
export const plainDni = (text: string): string => text.replace(/[\s.\-–—_]/g, '');

/** Looks like an attempt to write a DNI: digits and marks only, about as many as a DNI has. */
export const resemblesDni = (text: string): boolean => /^\d{11,15}$/.test(plainDni(text));

/**
 * What is odd about a DNI. There is no check digit and no public register to ask, and odd numbers exist: only `length`
 * makes it impossible; the others are to be looked at once more, not refused (domain-honduras 3.1).
 * @param text as written, with or without dashes and spaces
 * @param thisYear year that no registration can be after
 */
export function dniDoubt(text: string, thisYear: number): DniDoubt | undefined {
  const dni = plainDni(text);
  if (!/^\d+$/.test(dni) || dni.length !== DNI_DIGITS) return 'length';
  const department = Number(dni.slice(0, 2));
  if (department < 1 || department > DEPARTMENTS) return 'department';
  const year = Number(dni.slice(4, 8));
  return year < FIRST_YEAR || year > thisYear ? 'year' : undefined;
}
