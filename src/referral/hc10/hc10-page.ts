import {
  ALL_HC10_BLOCKS,
  HC10_BLOCKS,
  type Hc10Block,
  type Hc10FieldRow,
  type Hc10Need,
  type Hc10Place,
} from './hc10-field.js';
import { ALL_HC10_FIELDS, answerPlace, type Hc10Field, hc10Row } from './hc10-fields.js';
import { HC10_NORM, BESIDE_THE_NORM } from './hc10-norm.js';

const row = (...cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
const code = (text: string): string => `\`${text}\``;

const EXTENSION_VALUE: Readonly<Record<Extract<Hc10Place, { in: 'extension' }>['value'], string>> = {
  string: 'valueString',
  code: 'valueCodeableConcept.coding.code',
  text: 'valueCodeableConcept.text',
  boolean: 'valueBoolean',
  dateTime: 'valueDateTime',
};

/** FHIR path of a field's place, for people. @param carrier of its extension */
export function hc10Path(at: Hc10Place, carrier: 'ServiceRequest' | 'Composition' = 'ServiceRequest'): string {
  switch (at.in) {
    case 'element':
    case 'record':
      return at.path;
    case 'extension': {
      const nth = (at.nth ?? 0) === 0 ? '' : `[${at.nth}]`;
      const part = at.part === undefined ? '' : `.extension(${at.part})`;
      return `${carrier}.extension(${at.id})${nth}${part}.${EXTENSION_VALUE[at.value]}`;
    }
    case 'observation': {
      const value = `value${at.value.charAt(0).toUpperCase()}${at.value.slice(1)}`;
      const system = at.system ?? 'LOINC';
      return at.of
        ? `Observation(${system} ${at.of.code}).component(${system} ${at.code}).${value}`
        : `Observation(${system} ${at.code}).${value}`;
    }
    case 'section':
      return `Composition.section(${at.code}).text`;
  }
}

const NEEDS: Readonly<Record<Hc10Need, string>> = {
  always: 'siempre / always',
  emergency: 'en emergencia / in an emergency',
  'no-emergency': 'salvo en emergencia / except in an emergency',
  urgent: 'si no es ordinaria / unless routine',
};

const KINDS: Readonly<Record<Hc10FieldRow['kind'], string>> = {
  line: 'una línea / one line',
  text: 'texto / text',
  code: 'código de / code of',
  codes: 'códigos de / codes of',
  number: 'número / number',
  day: 'fecha / date',
  moment: 'fecha y hora / date and time',
  'yes-no': 'sí o no / yes or no',
  shown: '—',
};

function valuesText({ kind, system, range, at }: Hc10FieldRow): string {
  const unit = at.in === 'observation' && at.measure ? ` ${at.measure.unit} (UCUM)` : '';
  if (range) return `${range[0]} – ${range[1]}${unit}`;
  return system === undefined ? KINDS[kind] : `${KINDS[kind]} ${code(system)}`;
}

/** Place in a respuesta, in the words of the page. */
function answerText(field: Hc10Field): string {
  const place = answerPlace(field);
  if (!place) return '—';
  return place === hc10Row(field).at && place.in !== 'extension' ? '=' : code(hc10Path(place, 'Composition'));
}

const referralText = (field: Hc10Field): string => {
  const { at } = hc10Row(field);
  return at.in === 'section' || (at.in === 'element' && at.path.startsWith('Composition')) ? '—' : code(hc10Path(at));
};

const block = (name: Hc10Block): string => {
  const fields = ALL_HC10_FIELDS.filter((field) => hc10Row(field).block === name);
  const rows = fields.map((field) => {
    const one = hc10Row(field);
    const need = one.need === undefined ? '' : NEEDS[one.need];
    const own = referralText(field) === '—';
    const answer = own ? code(hc10Path(one.at, 'Composition')) : answerText(field);
    return row(one.es, one.en, code(field), referralText(field), answer, valuesText(one), need);
  });
  return [
    `## ${HC10_BLOCKS[name].es} / ${HC10_BLOCKS[name].en}`,
    '',
    row('Campo', 'Field', 'Nombre / name', 'Referencia', 'Respuesta', 'Valores / values', 'Obligatorio / required'),
    row('---', '---', '---', '---', '---', '---', '---'),
    ...rows,
  ].join('\n');
};

const ANNEXES = {
  '2': 'Anexo 2, HC-10',
  '2R': 'Anexo 2, reverso',
  '2A': 'HC-10, impresión anterior',
  '3': 'Anexo 3',
  '4': 'Anexo 4',
  '5': 'Anexo 5',
  '6': 'Anexo 6',
  '7': 'Anexo 7',
} as const;

const norm = (): readonly string[] => [
  '## Los campos de la norma / The fields of the norm',
  '',
  'Cada campo impreso en la norma y dónde está aquí. / Each field that the norm prints, and where it stands here.',
  '',
  row('Formulario / form', 'Bloque / block', 'Campo de la norma', 'Nombre / name'),
  row('---', '---', '---', '---'),
  ...HC10_NORM.flatMap(({ annex, block: name, fields }) =>
    Object.entries(fields).map(([words, held]) => row(ANNEXES[annex], name, words, held.map(code).join(', '))),
  ),
  '',
  'Lo que la norma no imprime, y por qué está / what the norm does not print, and why it is here:',
  '',
  ...Object.entries(BESIDE_THE_NORM).map(([field, why]) => `- ${code(field)}: ${why}`),
];

/** Page docs/reference/hc10-mapping.md, written by `npm run docs`. */
export const hc10Page = (): string =>
  [
    '# HC-10: campos y FHIR / fields and FHIR',
    '',
    'Hecha por `npm run docs` de `src/referral/hc10/hc10-fields.ts`; no se edita. El formulario, los Bundles y la hoja impresa',
    '(HTML y PDF) salen de la misma tabla. / Made by `npm run docs` from `src/referral/hc10/hc10-fields.ts`; do not edit. The form,',
    'the Bundles and the printed sheet (HTML and PDF) come from the same table.',
    '',
    'La misma hoja sirve de referencia (ServiceRequest) y de respuesta (documento con Composition): `=` es el mismo lugar, `—` que',
    'esa hoja no lleva el campo. / The same sheet is a referencia (ServiceRequest) and a respuesta (document with a Composition):',
    '`=` is the same place, `—` means that this sheet has no such field.',
    '',
    'Fuente / source: LN23:2019, anexos 2 a 7, y 7.2.4 (entrega de emergencia / emergency handover). Las extensiones están en',
    '[profiles.md](profiles.md). / The extensions stand in [profiles.md](profiles.md).',
    '',
    ...ALL_HC10_BLOCKS.flatMap((name) => [block(name), '']),
    ...norm(),
    '',
  ].join('\n');
