import fc from 'fast-check';

/** Values that resources and queries are drawn from: few, so that queries find something, and on the borders of rules. */
export const UCUM = 'http://unitsofmeasure.org';
export const ISSUE_TYPE = 'http://hl7.org/fhir/issue-type';
const PUEBLO = 'https://referencia.salud.gob.hn/fhir/CodeSystem/pueblo';

export const CODINGS = [
  { system: 'http://loinc.org', code: '8480-6', display: 'Presión arterial sistólica' },
  { system: 'http://loinc.org', code: '718-7', display: 'Hemoglobina en sangre' },
  { system: 'urn:local', code: '8480-6', display: 'Sistólica' },
  { code: '718-7' },
  { system: ISSUE_TYPE, code: 'invalid' },
  { system: ISSUE_TYPE, code: 'structure', display: 'Estructura' },
  { system: ISSUE_TYPE, code: 'processing' },
  { system: PUEBLO, code: 'lenca', display: 'Lenca' },
  { system: PUEBLO, code: 'garifuna' },
  { system: 'urn:odd|bar', code: 'a~b' },
];
export const CODES = [
  'final', 'active', 'completed', 'requested', 'female', 'male', 'routine', 'stat', 'order', 'finished', 'current', 'replaces',
  'appends', 'true', 'false', 'home', 'phone', 'yes', 'no',
]; // prettier-ignore
export const LONG = `${'Nota muy larga que sigue y sigue con palabras comunes '.repeat(4)}hasta llegar a la Cefalea Tensional`;
export const TEXTS = [
  'López', 'lopez', 'García', 'de la Cruz', 'Núñez', 'Zelaya Rodríguez', 'Ana', 'María José', 'Juan, hijo', 'O$Brien', '100% a+b (c)',
  'Choloma', 'Barrio El Centro', LONG,
]; // prettier-ignore
export const DATES = [
  '2026', '2026-05', '2026-05-03', '2026-05-04', '2026-05-03T23:30:00-06:00', '2026-05-04T05:30:00Z', '2026-05-04T00:10:00+02:00',
  '2026-05-03T10:00:00.5Z', '2026-05-03T10:00:00Z', '2025-12-31T23:59:59-06:00', '2026-01-01T05:59:59Z', '2026-01-01T06:00:00Z',
  '2000', '2000-06-15', '2000-02-29', '1999-12-31', '2026-05-04T05:59:59.999Z',
]; // prettier-ignore
export const NUMBERS = [
  5.4, 5.35, 5.45, 5.449, 5.3499, 100, 99.5, 99.49, 100.5, 95, 105, 0, -5.4, -5.35, 37, 98.6, 310.15, 0.054, 54, 540, 0.1, 1, 2, 16,
  120, 15.9986, 453.59237, 2.2, 1e-7, 1234567.891,
]; // prettier-ignore
export const ASKED_NUMBERS = [
  ...NUMBERS.map(String), '100.00', '1e2', '5.40', '1.0e2', '98.60', '99.5000', '-5', '0.0', '37.0', '5', '12e1', '0.05400',
]; // prettier-ignore
const UNIT_CODES = ['g/L', 'mg/dL', 'ug/mL', 'Cel', '[degF]', 'mm[Hg]', 'kPa', 'kg', '[lb_av]', 'a', 'mo', 'd', 'min'];
export const UNITS = [
  ...UNIT_CODES.map((code) => ({ system: UCUM, code, unit: code })),
  { system: UCUM, code: 'a', unit: 'años' },
  { system: UCUM, code: 'unknown-unit' },
  { system: 'urn:units', code: 'tab', unit: 'tableta' },
  { unit: 'mg/dL' },
  {},
];
export const IDENTIFIERS = [
  { system: 'urn:dni', value: '0801' },
  {
    system: 'urn:dni',
    value: '0802',
    type: { coding: [{ system: 'urn:kinds', code: 'MR' }], text: 'Número de expediente' },
  },
  { value: '0801' },
  { system: 'urn:exp', value: '0801', type: { text: 'Expediente clínico' } },
];
export const TARGETS = [
  'Patient/p1', 'Patient/p2', 'Organization/p1', 'Organization/h1', 'Practitioner/p2', 'PractitionerRole/r1', 'Encounter/e1',
  'Location/p1', 'Observation/o1', 'ServiceRequest/s1', 'DocumentReference/d1', 'EpisodeOfCare/x1', 'Device/v1', 'Condition/c1',
  'http://example.org/fhir/Patient/p9', 'CareTeam/p1', 'Task/t1', 'Procedure/p1',
]; // prettier-ignore
export const URIS = [
  'http://acme.org/a', 'http://acme.org/a/', 'http://acme.org/a/b', 'http://acme.org/a/b/c', 'http://acme.org/ab', 'http://acme.org',
  'http://acme.org/a/b|2', 'urn:oid:1.2.3',
]; // prettier-ignore
export const VALUE_SETS = [
  'https://referencia.salud.gob.hn/fhir/ValueSet/pueblo',
  'http://hl7.org/fhir/ValueSet/issue-type',
];
export const PREFIXES = ['', '', 'eq', 'ne', 'gt', 'lt', 'ge', 'le', 'sa', 'eb', 'ap'];

export const from = <T>(pool: readonly T[]): fc.Arbitrary<T> => fc.constantFrom(...pool);
