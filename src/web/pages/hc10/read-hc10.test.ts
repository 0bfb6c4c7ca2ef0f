import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { loadDefinitions } from '../../../fhir/definitions/load-definitions.js';
import { ALL_HC10_FIELDS, hc10Row, isOrderField } from '../../../referral/hc10/hc10-fields.js';
import { formFields } from '../../form-fields.js';
import { sayIn } from '../../language.js';
import { MOST_CHARACTERS, readHc10, type ReadHc10 } from './read-hc10.js';

const reading = { say: sayIn('es'), definitions: loadDefinitions() };
const REQUIRED = {
  destino: '4',
  especialidad: 'cardiologia',
  amerita: 'consulta-externa',
  prioridad: 'routine',
  motivo: 'diagnostico',
  resumen: 'Dolor',
  diagnostico: 'I20.9',
  pregunta: '¿Amerita cirugía?',
  riesgo: 'con-riesgo',
};
const EMERGENCY = {
  ...REQUIRED,
  amerita: 'emergencia',
  justificacion: 'Choque',
  'pa-sistolica': '80',
  'pa-diastolica': '50',
  fc: '130',
  fr: '28',
  temperatura: '39,2',
};

const read = (fields: Readonly<Record<string, string>>): ReadHc10 =>
  readHc10(formFields(new URLSearchParams(fields).toString()), reading);
const without = (fields: Readonly<Record<string, string>>, name: string): Record<string, string> =>
  Object.fromEntries(Object.entries(fields).filter(([field]) => field !== name));
const fieldsOf = ({ problems }: ReadHc10): (string | undefined)[] => problems.map(({ field }) => field);

describe('readHc10', () => {
  it('takes a filled form', () => {
    const { problems, priority, motives, values } = read(REQUIRED);
    expect(problems).toEqual([]);
    expect([priority, motives, values.resumen]).toEqual(['routine', ['diagnostico'], 'Dolor']);
  });

  it.each(Object.keys(REQUIRED))('says at its field that %s is missing', (field) => {
    const found = read(without(REQUIRED, field));
    expect(fieldsOf(found)).toEqual([field]);
    expect(found.problems[0]?.text).toMatch(/\.$/);
  });

  it('an emergency needs its reason and the signs, and may do without the question', () => {
    expect(read(EMERGENCY)).toMatchObject({ priority: 'stat', problems: [] });
    expect(fieldsOf(read(without(EMERGENCY, 'pregunta')))).toEqual([]);
    for (const field of ['justificacion', 'fc', 'fr', 'temperatura'])
      expect(fieldsOf(read(without(EMERGENCY, field)))).toEqual([field]);
    expect(fieldsOf(read({ ...REQUIRED, prioridad: 'urgent' }))).toEqual(['justificacion']);
    const measured = readHc10(
      formFields(new URLSearchParams(without(EMERGENCY, 'fc')).toString()),
      reading,
      new Set(['fc'] as const),
    );
    expect(measured.problems).toEqual([]);
  });

  it('everything missing is said at once, in the order of the page', () => {
    expect(fieldsOf(read({}))).toEqual([
      'destino',
      'especialidad',
      'amerita',
      'prioridad',
      'motivo',
      'resumen',
      'diagnostico',
      'pregunta',
      'riesgo',
    ]);
  });

  it.each([
    ['fc', 'mucho'],
    ['fc', '1200'],
    ['temperatura', '37.123'],
    ['embarazos', '1.5'],
    ['fum', '2026-02-30'],
    ['fum', 'ayer'],
    ['contacto-hora', '22/11/2026'],
    ['especialidad', 'brujería'],
    ['amerita', 'nada'],
    ['riesgo', 'x'],
    ['resumen', 'a\u0000b'],
  ])('refuses %s "%s" at its field', (field, value) => {
    const more: Record<string, string> = field === 'contacto-hora' ? { contacto: 'true' } : {};
    expect(fieldsOf(read({ ...REQUIRED, ...more, [field]: value }))).toEqual([field]);
  });

  it('parts that belong together are asked for together', () => {
    expect(fieldsOf(read({ ...REQUIRED, 'pa-sistolica': '120' }))).toEqual(['pa-diastolica']);
    expect(fieldsOf(read({ ...REQUIRED, 'acompanante-telefono': '9999-0000' }))).toEqual(['acompanante-nombre']);
    expect(fieldsOf(read({ ...REQUIRED, 'contacto-nombre': 'Ana' }))).toEqual(['contacto']);
    expect(fieldsOf(read({ ...REQUIRED, amerita: 'otros' }))).toEqual(['amerita-otro']);
  });

  it('takes 10,000 characters of any script and says what is too much', () => {
    const most = '🩺'.repeat(MOST_CHARACTERS);
    expect(read({ ...REQUIRED, resumen: most }).values.resumen).toBe(most);
    const { problems } = read({ ...REQUIRED, resumen: `${most}a` });
    expect(problems).toEqual([{ field: 'resumen', text: expect.stringContaining('10001') }]);
  });

  it('changes no text but its line ends and outer blanks', () => {
    const texts = ALL_HC10_FIELDS.filter((field) => hc10Row(field).kind === 'text' && isOrderField(field));
    fc.assert(
      fc.property(fc.constantFrom(...texts), fc.string({ unit: 'grapheme', maxLength: 80 }), (field, text) => {
        const { values, problems } = read({
          ...REQUIRED,
          pregunta: '?',
          prioridad: 'urgent',
          justificacion: '!',
          [field]: text,
        });
        const expected = text.replace(/\r\n?/g, '\n').trim();
        if (/[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F]/.test(expected)) expect(problems[0]?.field).toBe(field);
        else expect(values[field]).toBe(expected === '' ? undefined : expected);
      }),
    );
  });
});
