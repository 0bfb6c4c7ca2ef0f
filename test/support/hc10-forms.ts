import fc from 'fast-check';
import { codeSystemUrl } from '../../src/config/canonical.js';
import { instantIn } from '../../src/config/honduras-time.js';
import type { Definitions } from '../../src/fhir/definitions/definitions.js';
import {
  ALL_HC10_FIELDS,
  answerPlace,
  type Hc10Field,
  hc10Row,
  type Hc10Values,
  isOrderField,
} from '../../src/referral/hc10/hc10-fields.js';

/** Fixed, so that a failure can be repeated; the same forms everywhere. */
export const HC10_SEED = 20_261_130;
export const HC10_FORMS = 50;

/** A filled form: its values and the codes of `motivo`. */
export interface GeneratedForm {
  readonly values: Hc10Values;
  readonly motives: readonly string[];
}

const WORDS = [
  'niña',
  'corazón',
  '«agudo»',
  'señora Güity Ñúñez',
  'T° 38,5',
  '<b>dolor</b> & "tos"',
  'Ω µg/dL ½',
  'Waihka Miskut',
  'gárifuna búñu',
  'año 2026-11-22',
  "d'Öste",
];

/** Words as people write them, with marks and accents; seldom very long. */
const line = (most: number): fc.Arbitrary<string> =>
  fc
    .array(fc.oneof(fc.constantFrom(...WORDS), fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 })), {
      minLength: 1,
      maxLength: most,
    })
    .map((words) =>
      words
        .join(' ')
        .replace(/\p{C}|\p{Z}+/gu, ' ')
        .replace(/ +/g, ' ')
        .trim(),
    )
    .filter((text) => text !== '');

const text = fc.oneof(
  { weight: 8, arbitrary: fc.array(line(6), { minLength: 1, maxLength: 4 }).map((lines) => lines.join('\n')) },
  {
    weight: 1,
    arbitrary: fc
      .array(line(20), { minLength: 20, maxLength: 60 })
      .map((lines) => lines.join('\n').slice(0, 9_000).trim()),
  },
);

const moment = fc
  .date({ min: new Date('2025-01-01T06:00:00Z'), max: new Date('2026-11-22T06:00:00Z'), noInvalidDate: true })
  .map((date) => instantIn(new Date(Math.floor(date.getTime() / 60_000) * 60_000)));

function numberOf(field: Hc10Field): fc.Arbitrary<string> {
  const { at, range = [0, 100] } = hc10Row(field);
  const [low, high] = range;
  const digits = at.in === 'observation' && at.measure ? at.measure.digits : 0;
  const factor = 10 ** digits;
  return fc.integer({ min: Math.ceil(low * factor), max: Math.floor(high * factor) }).map((n) => String(n / factor));
}

function valueOf(field: Hc10Field, definitions: Pick<Definitions, 'codes'>): fc.Arbitrary<string> {
  const { kind, system = '' } = hc10Row(field);
  const codes = system === 'request-priority' ? ['routine', 'urgent'] : definitions.codes(codeSystemUrl(system));
  switch (kind) {
    case 'number':
      return numberOf(field);
    case 'day':
      return moment.map((one) => one.slice(0, 10));
    case 'moment':
      return moment;
    case 'yes-no':
      return fc.constantFrom('true', 'false');
    case 'code':
      return fc.constantFrom(...codes);
    case 'codes':
      return fc.subarray([...codes], { minLength: 1 }).map((some) => some.join(' '));
    case 'text':
      return text;
    default:
      return line(8);
  }
}

/** Fields that make no sense without another one, or only beside one of its values. */
const ONLY_WITH: readonly (readonly [RegExp, (values: Hc10Values) => boolean])[] = [
  [/^acompanante-(?!nombre)|^acompanante2-/, (values) => values['acompanante-nombre'] !== undefined],
  [/^acompanante2-(?!nombre)/, (values) => values['acompanante2-nombre'] !== undefined],
  [/^contacto-/, (values) => values.contacto !== undefined],
  [/^agente-(?!nombre)/, (values) => values['agente-nombre'] !== undefined],
  [/^pa-diastolica$/, (values) => values['pa-sistolica'] !== undefined],
  [/^amerita-otro$/, (values) => values.amerita === 'otros'],
  [/^autor-otro$/, (values) => values['autor-categoria'] === 'otro'],
  [/^justificacion$/, (values) => values.prioridad !== 'routine' || values.amerita === 'emergencia'],
];

/** What a form must hold: what the table demands, and what other fields demand. */
function completed(values: Hc10Values, all: Hc10Values): Hc10Values {
  const emergency = all.amerita === 'emergencia';
  const urgent = emergency || all.prioridad === 'urgent';
  const demanded: readonly Hc10Field[] = [
    'resumen',
    'diagnostico',
    'riesgo',
    'amerita',
    'prioridad',
    'especialidad',
    'clase',
    'pregunta',
    ...(urgent ? (['justificacion'] as const) : []),
    ...(all.amerita === 'otros' ? (['amerita-otro'] as const) : []),
    ...(emergency ? (['pa-sistolica', 'pa-diastolica', 'fc', 'fr', 'temperatura'] as const) : []),
    ...(values['pa-sistolica'] === undefined ? [] : (['pa-diastolica'] as const)),
    ...(values['autor-categoria'] === 'otro' ? (['autor-otro'] as const) : []),
  ];
  return { ...values, ...Object.fromEntries(demanded.map((field) => [field, all[field] ?? ''])) };
}

const sensible = (values: Hc10Values): Hc10Values =>
  ONLY_WITH.reduce<Hc10Values>(
    (left, [fields, allowed]) =>
      allowed(left) ? left : Object.fromEntries(Object.entries(left).filter(([field]) => !fields.test(field))),
    values,
  );

/** Fields that a form of a kind of sheet can hold. */
export const fieldsOf = (sheet: 'referencia' | 'respuesta'): readonly Hc10Field[] =>
  ALL_HC10_FIELDS.filter((field) => {
    if (field === 'motivo' || hc10Row(field).kind === 'shown') return false;
    return sheet === 'referencia' ? isOrderField(field) : answerPlace(field) !== undefined;
  });

const sheets = (
  sheet: 'referencia' | 'respuesta',
  definitions: Pick<Definitions, 'codes'>,
): fc.Arbitrary<{ all: Hc10Values; kept: readonly string[]; motives: readonly string[] }> =>
  fc.record({
    all: fc.record(Object.fromEntries(fieldsOf(sheet).map((field) => [field, valueOf(field, definitions)]))),
    kept: fc.subarray([...fieldsOf(sheet)]),
    motives: fc.subarray([...definitions.codes(codeSystemUrl('referral-purpose'))], { minLength: 1 }),
  }) as fc.Arbitrary<{ all: Hc10Values; kept: readonly string[]; motives: readonly string[] }>;

/** Forms as the page takes them: any fields beside those that must be there. */
export const referralForms = (definitions: Pick<Definitions, 'codes'>): fc.Arbitrary<GeneratedForm> =>
  sheets('referencia', definitions).map(({ all, kept, motives }) => {
    const some = Object.fromEntries(Object.entries(all).filter(([field]) => kept.includes(field)));
    return { values: sensible(completed(some, all)), motives };
  });

const ANSWERED = ['resumen', 'diagnostico', 'recomendaciones', 'mensaje-paciente', 'disposicion'] as const;

/** Answers: any fields beside those without which there is no respuesta. */
export const answerForms = (definitions: Pick<Definitions, 'codes'>): fc.Arbitrary<GeneratedForm> =>
  sheets('respuesta', definitions).map(({ all, kept, motives }) => {
    const some = Object.fromEntries(Object.entries(all).filter(([field]) => kept.includes(field)));
    const demanded = Object.fromEntries(ANSWERED.map((field) => [field, all[field] ?? '']));
    const both = {
      ...some,
      ...demanded,
      ...(some['pa-sistolica'] === undefined ? {} : { 'pa-diastolica': all['pa-diastolica'] }),
    };
    const which = {
      ...(some['amerita'] === undefined ? {} : { amerita: all.amerita }),
      ...(some['riesgo-cual'] === undefined ? {} : { riesgo: all.riesgo }),
      ...(some['amerita-otro'] === undefined ? {} : { amerita: 'otros' }),
      ...(some['autor-otro'] === undefined ? {} : { 'autor-categoria': 'otro' }),
    };
    return { values: sensible({ ...both, ...which } as Hc10Values), motives };
  });

/** The form as a browser posts it. */
export function postedForm({ values, motives }: GeneratedForm): URLSearchParams {
  const posted = new URLSearchParams(motives.map((code) => ['motivo', code]));
  for (const [field, value] of Object.entries(values) as [Hc10Field, string][]) {
    const { kind } = hc10Row(field);
    if (kind === 'codes') for (const code of value.split(' ')) posted.append(field, code);
    else posted.append(field, kind === 'moment' ? value.slice(0, 16) : value.replaceAll('\n', '\r\n'));
  }
  return posted;
}
