import { HC10_BLOCKS, type Hc10Block, type Hc10FieldRow, type Hc10Need, type Hc10Place } from './hc10-field.js';
import { ALL_HC10_FIELDS, hc10Row } from './hc10-fields.js';

const row = (...cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
const code = (text: string): string => `\`${text}\``;

const EXTENSION_VALUE: Readonly<Record<Extract<Hc10Place, { in: 'extension' }>['value'], string>> = {
  string: 'valueString',
  code: 'valueCodeableConcept.coding.code',
  text: 'valueCodeableConcept.text',
  boolean: 'valueBoolean',
  dateTime: 'valueDateTime',
};

/** FHIR path of a field's place, for people. */
export function hc10Path(at: Hc10Place): string {
  switch (at.in) {
    case 'element':
    case 'record':
      return at.path;
    case 'extension': {
      const nth = (at.nth ?? 0) === 0 ? '' : `[${at.nth}]`;
      const part = at.part === undefined ? '' : `.extension(${at.part})`;
      return `ServiceRequest.extension(${at.id})${nth}${part}.${EXTENSION_VALUE[at.value]}`;
    }
    case 'observation': {
      const value = `value${at.value.charAt(0).toUpperCase()}${at.value.slice(1)}`;
      return at.of
        ? `Observation(LOINC ${at.of.code}).component(LOINC ${at.code}).${value}`
        : `Observation(LOINC ${at.code}).${value}`;
    }
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

const block = (name: Hc10Block): string => {
  const fields = ALL_HC10_FIELDS.filter((field) => hc10Row(field).block === name);
  const rows = fields.map((field) => {
    const one = hc10Row(field);
    const need = one.need === undefined ? '' : NEEDS[one.need];
    return row(one.es, one.en, code(field), code(hc10Path(one.at)), valuesText(one), need);
  });
  return [
    `## ${HC10_BLOCKS[name].es} / ${HC10_BLOCKS[name].en}`,
    '',
    row('Campo', 'Field', 'Nombre / name', 'FHIR', 'Valores / values', 'Obligatorio / required'),
    row('---', '---', '---', '---', '---', '---'),
    ...rows,
  ].join('\n');
};

/** Page docs/reference/hc10-mapping.md, written by `npm run docs`. */
export const hc10Page = (): string =>
  [
    '# HC-10: campos y FHIR / fields and FHIR',
    '',
    'Hecha por `npm run docs` de `src/referral/hc10/hc10-fields.ts`; no se edita. El formulario, el Bundle que se envía y la hoja',
    'impresa salen de la misma tabla. / Made by `npm run docs` from `src/referral/hc10/hc10-fields.ts`; do not edit. The form, the',
    'Bundle that is sent and the printed sheet come from the same table.',
    '',
    'Fuente / source: LN23:2019, anexo 2 (HC-10) y 7.2.4 (entrega de emergencia / emergency handover). Las extensiones están en',
    '[profiles.md](profiles.md). / The extensions stand in [profiles.md](profiles.md).',
    '',
    ...(Object.keys(HC10_BLOCKS) as Hc10Block[]).flatMap((name) => [block(name), '']),
  ].join('\n');
