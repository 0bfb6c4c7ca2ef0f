import type { Patient } from '@medplum/fhirtypes';
import { extensionUrl } from '../config/canonical.js';

const YEAR_MS = 365.25 * 24 * 3_600_000;
/** UCUM unit of an estimated age -> how many make a year. */
const IN_YEAR: Readonly<Record<string, number>> = { a: 1, mo: 12, d: 365.25 };

/**
 * Age in whole years of life completed by a birth date (a year alone counts from its first day), in years and parts of them by an
 * estimated age; undefined when neither is known.
 */
export function yearsOf(
  { birthDate, extension }: Pick<Patient, 'birthDate' | 'extension'>,
  now: Date,
): number | undefined {
  if (birthDate !== undefined) {
    const [year = 0, month = 1, day = 1] = birthDate.split('-').map(Number);
    const years = now.getUTCFullYear() - year;
    return now.getTime() < Date.UTC(year + years, month - 1, day) ? years - 1 : years;
  }
  const estimated = extension?.find(({ url }) => url === extensionUrl('estimated-age'))?.extension;
  const { value, code = 'a' } = estimated?.find(({ url }) => url === 'age')?.valueAge ?? {};
  const since = estimated?.find(({ url }) => url === 'date')?.valueDate;
  if (value === undefined) return undefined;
  const passed = since === undefined ? 0 : (now.getTime() - Date.parse(since)) / YEAR_MS;
  return value / (IN_YEAR[code] ?? 1) + passed;
}
