/** FHIR id: https://hl7.org/fhir/R4/datatypes.html#id */
export const FHIR_ID = /^[A-Za-z0-9\-.]{1,64}$/;

const DATE = /^(\d{4})(?:-(\d\d)(?:-(\d\d))?)?$/;
const INSTANT =
  /^(\d{4}-\d\d-\d\d)T(?:[01]\d|2[0-3]):[0-5]\d:(?:[0-5]\d|60)(?:\.\d{1,9})?(?:Z|[+-](?:0\d|1[0-3]):[0-5]\d|[+-]14:00)$/;

function isDate(value: string): boolean {
  const match = DATE.exec(value);
  if (!match) return false;
  const [year, month, day] = [Number(match[1]), Number(match[2] ?? 1), Number(match[3] ?? 1)];
  const lastDay = new Date(Date.UTC(2000, 0, 1));
  lastDay.setUTCFullYear(year, month, 0);
  return year > 0 && month >= 1 && month <= 12 && day >= 1 && day <= lastDay.getUTCDate();
}

const isInstant = (value: string): boolean => isDate(INSTANT.exec(value)?.[1] ?? '');
const isInteger = (value: number, least: number): boolean =>
  Number.isInteger(value) && value >= least && value <= 2_147_483_647;

/**
 * Formats that the general validator lets pass: days that do not exist, times without a zone, integers beyond 32 bits.
 * By FHIR type; true means right (https://hl7.org/fhir/R4/datatypes.html#primitive).
 */
export const VALUE_CHECKS: Readonly<Record<string, (value: string | number | boolean) => boolean>> = {
  date: (value) => typeof value !== 'string' || isDate(value),
  dateTime: (value) => typeof value !== 'string' || isDate(value) || isInstant(value),
  instant: (value) => typeof value !== 'string' || isInstant(value),
  integer: (value) => typeof value !== 'number' || isInteger(value, -2_147_483_648),
  unsignedInt: (value) => typeof value !== 'number' || isInteger(value, 0),
  positiveInt: (value) => typeof value !== 'number' || isInteger(value, 1),
};
