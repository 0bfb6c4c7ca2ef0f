const MAX_TEXT = 1_048_576;
const isNumber = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value);
const matches =
  (pattern: RegExp) =>
  (value: unknown): boolean =>
    typeof value === 'string' && value.length <= MAX_TEXT && pattern.test(value);

const CONTROL = /[^\t\n\r\u0020-\uffff]/;
const isText = (value: unknown): boolean =>
  typeof value === 'string' && value.length <= MAX_TEXT && /\S/.test(value) && !CONTROL.test(value);

const DAY = String.raw`[12]\d{3}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])`;
const CLOCK = String.raw`(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d{1,9})?`;
const ZONE = String.raw`(?:Z|[+-](?:0\d|1[0-3]):[0-5]\d)`;
const PARTIAL = String.raw`[12]\d{3}(?:-(?:0[1-9]|1[0-2]))?`;
const isToken = matches(/^\S+$/);

/**
 * Forms of primitive values that every validator accepts, by FHIR type: the common part of what the data types page allows
 * (https://hl7.org/fhir/R4/datatypes.html#primitive). True means right; false means that it takes a closer look.
 */
export const SURE_FORMATS: Readonly<Record<string, (value: unknown) => boolean>> = {
  base64Binary: (value) =>
    typeof value === 'string' &&
    value.length <= MAX_TEXT &&
    value.length % 4 === 0 &&
    /^[A-Za-z0-9+/]+={0,2}$/.test(value),
  boolean: (value) => typeof value === 'boolean',
  canonical: isToken,
  code: matches(/^\S+(?: \S+)*$/),
  date: matches(new RegExp(`^(?:${DAY}|${PARTIAL})$`)),
  dateTime: matches(new RegExp(`^(?:${DAY}(?:T${CLOCK}${ZONE})?|${PARTIAL})$`)),
  decimal: isNumber,
  id: matches(/^[A-Za-z0-9\-.]{1,64}$/),
  instant: matches(new RegExp(`^${DAY}T${CLOCK}${ZONE}$`)),
  integer: (value) => Number.isInteger(value),
  markdown: isText,
  positiveInt: (value) => Number.isInteger(value) && Number(value) > 0,
  string: isText,
  time: matches(new RegExp(`^${CLOCK}$`)),
  unsignedInt: (value) => Number.isInteger(value) && Number(value) >= 0,
  uri: isToken,
  url: isToken,
  xhtml: (value) => typeof value === 'string' && value.length <= MAX_TEXT && /\S/.test(value),
  'http://hl7.org/fhirpath/System.String': (value) =>
    typeof value === 'string' && value.length <= MAX_TEXT && /\S/.test(value),
};
