import { instantIn } from '../../../config/honduras-time.js';
import type { Definitions } from '../../../fhir/definitions/definitions.js';
import { codeSystemUrl } from '../../../config/canonical.js';
import type { Hc10FieldRow, Hc10Need } from '../../../referral/hc10/hc10-field.js';
import {
  ALL_HC10_FIELDS,
  type Hc10Field,
  hc10Row,
  type Hc10Values,
  isOrderField,
} from '../../../referral/hc10/hc10-fields.js';
import type { Words } from '../../../words.js';
import type { FormFields } from '../../form-fields.js';
import type { Say } from '../../language.js';
import type { Problem } from '../../problems.js';
import { inPageOrder } from './form-sections.js';
import { HC10_MISSING, HC10_PROBLEMS } from '../../texts/hc10-problems.js';

/** Characters of one text at most: a page of a letter, many times what the paper form holds. */
export const MOST_CHARACTERS = 10_000;

/** `prioridad` as the form asks for it; an emergency follows from the care that is needed (LN23:2019 section 5). */
const PRIORITIES = ['routine', 'urgent'] as const;

/** What was read, and what has to be mended. */
export interface ReadHc10 {
  readonly values: Hc10Values;
  /** Codes of `referral-purpose`. */
  readonly motives: readonly string[];
  readonly priority: 'routine' | 'urgent' | 'stat';
  readonly problems: readonly Problem[];
}

interface Reading {
  readonly say: Say;
  readonly definitions: Pick<Definitions, 'codes'>;
}
type Fault = (words: Words, params?: Readonly<Record<string, string | number>>) => Problem;

/** Characters that FHIR cannot hold in a string (R4 datatypes.html#string). */
const UNKEEPABLE = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F]/;

function textValue(text: string, fault: Fault): string | Problem {
  const count = Array.from(text).length;
  if (count > MOST_CHARACTERS) return fault(HC10_PROBLEMS.tooLong, { most: MOST_CHARACTERS, count });
  return UNKEEPABLE.test(text) ? fault(HC10_PROBLEMS.characters) : text;
}

function numberValue(text: string, { at, range = [0, Infinity] }: Hc10FieldRow, fault: Fault): string | Problem {
  const whole = at.in === 'observation' && at.value === 'integer';
  const plain = text.replace(',', '.');
  const value = Number(plain);
  const [low, high] = range;
  const fits =
    /^\d{1,4}(\.\d{1,2})?$/.test(plain) && value >= low && value <= high && (!whole || Number.isInteger(value));
  return fits ? String(value) : fault(whole ? HC10_PROBLEMS.whole : HC10_PROBLEMS.number, { low, high });
}

function dayValue(text: string, fault: Fault): string | Problem {
  const day = new Date(`${text}T00:00:00Z`);
  const real = /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
  return real ? text : fault(HC10_PROBLEMS.day);
}

/** A moment as browsers send it (`2026-11-22T10:30`) or as people type it, in Honduras. */
function momentValue(text: string, fault: Fault): string | Problem {
  const [, day, time] = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2})(?::\d{2})?$/.exec(text) ?? [];
  if (day === undefined || time === undefined) return fault(HC10_PROBLEMS.moment);
  const moment = new Date(`${day}T${time}:00-06:00`);
  return Number.isNaN(moment.getTime()) ? fault(HC10_PROBLEMS.moment) : instantIn(moment);
}

/** The value of one field as FHIR writes it, or what is wrong with it. */
function valueOf(text: string, row: Hc10FieldRow, { definitions }: Reading, fault: Fault): string | Problem {
  switch (row.kind) {
    case 'number':
      return numberValue(text, row, fault);
    case 'day':
      return dayValue(text, fault);
    case 'moment':
      return momentValue(text, fault);
    case 'yes-no':
      return text === 'true' || text === 'false' ? text : fault(HC10_PROBLEMS.code);
    case 'code': {
      const codes = row.system === 'request-priority' ? PRIORITIES : definitions.codes(codeSystemUrl(row.system ?? ''));
      return codes.some((code) => code === text) ? text : fault(HC10_PROBLEMS.code);
    }
    case 'codes': {
      const known = definitions.codes(codeSystemUrl(row.system ?? ''));
      const given = new Set(text.split(' '));
      const codes = known.filter((code) => given.has(code));
      return codes.length === given.size ? codes.join(' ') : fault(HC10_PROBLEMS.code);
    }
    case 'line':
    case 'text':
    case 'shown':
      return textValue(text, fault);
  }
}

const NEEDS: Readonly<Record<Hc10Need, (priority: ReadHc10['priority']) => boolean>> = {
  always: () => true,
  emergency: (priority) => priority === 'stat',
  'no-emergency': (priority) => priority !== 'stat',
  urgent: (priority) => priority !== 'routine',
};

/** Parts that make no sense without another one: field, the one it needs, words. */
const TOGETHER: readonly (readonly [Hc10Field, Hc10Field, Words])[] = [
  ['pa-sistolica', 'pa-diastolica', HC10_PROBLEMS.both],
  ['pa-diastolica', 'pa-sistolica', HC10_PROBLEMS.both],
  ['acompanante-parentesco', 'acompanante-nombre', HC10_PROBLEMS.companion],
  ['acompanante-telefono', 'acompanante-nombre', HC10_PROBLEMS.companion],
  ['acompanante-direccion', 'acompanante-nombre', HC10_PROBLEMS.companion],
  ['acompanante2-nombre', 'acompanante-nombre', HC10_PROBLEMS.companion],
  ['acompanante2-parentesco', 'acompanante2-nombre', HC10_PROBLEMS.companion],
  ['acompanante2-telefono', 'acompanante2-nombre', HC10_PROBLEMS.companion],
  ['acompanante2-direccion', 'acompanante2-nombre', HC10_PROBLEMS.companion],
  ...ALL_HC10_FIELDS.filter((field) => hc10Row(field).block === 'annex-3' && field !== 'agente-nombre').map(
    (field) => [field, 'agente-nombre', HC10_PROBLEMS.agent] as const,
  ),
  ['contacto-nombre', 'contacto', HC10_PROBLEMS.contact],
  ['contacto-cargo', 'contacto', HC10_PROBLEMS.contact],
  ['contacto-hora', 'contacto', HC10_PROBLEMS.contact],
  ['contacto-explicacion', 'contacto', HC10_PROBLEMS.contact],
];

/** What was typed into a text field: lines end as FHIR ends them, without blanks around. */
export const typedText = (form: Pick<FormFields, 'raw'>, field: string): string =>
  form.raw(field).replace(/\r\n?/g, '\n').trim();

/** Parts that are measured or said together: what one of them lacks. */
function partProblems(isThere: (field: Hc10Field) => boolean, values: Hc10Values, say: Say): readonly Problem[] {
  return TOGETHER.flatMap(([field, needed, words]) =>
    values[field] !== undefined && !isThere(needed) ? [{ text: say(words), field: needed }] : [],
  );
}

/** What some fields of a posted form say, by the table of form HC-10, and what is wrong with them one by one. */
function readValues(
  form: FormFields,
  fields: readonly Hc10Field[],
  reading: Reading,
): { values: Partial<Record<Hc10Field, string>>; problems: Problem[] } {
  const { say } = reading;
  const problems: Problem[] = [];
  const values: Partial<Record<Hc10Field, string>> = {};
  for (const field of fields) {
    const row = hc10Row(field);
    const text = row.kind === 'codes' ? form.all(field).join(' ') : typedText(form, field);
    if (text === '') continue;
    const value = valueOf(text, row, reading, (words, params) => ({
      text: say(words, { field: say(row), ...params }),
      field,
    }));
    if (typeof value === 'string') values[field] = value;
    else problems.push(value);
  }
  return { values, problems };
}

/** Some fields of a posted form, none of which must be filled in; what is wrong stands at its field. */
export function readHc10Fields(
  form: FormFields,
  fields: readonly Hc10Field[],
  reading: Reading,
): Pick<ReadHc10, 'values' | 'problems'> {
  const { values, problems } = readValues(form, fields, reading);
  const isThere = (field: Hc10Field): boolean =>
    !fields.includes(field) || values[field] !== undefined || problems.some((problem) => problem.field === field);
  return { values, problems: [...problems, ...partProblems(isThere, values, reading.say)] };
}

const ORDER_FIELDS = ALL_HC10_FIELDS.filter((field) => isOrderField(field) && field !== 'motivo');

/**
 * Reads the fields of a posted form by the table of form HC-10. What is wrong stands at its field; nothing is changed or
 * cut silently.
 * @param known fields whose value the record gives already (signs measured today)
 */
export function readHc10(form: FormFields, reading: Reading, known: ReadonlySet<Hc10Field> = new Set()): ReadHc10 {
  const { say, definitions } = reading;
  const { values, problems } = readValues(form, ORDER_FIELDS, reading);
  // The paper that says nothing is a referencia.
  if (!problems.some(({ field }) => field === 'clase')) values.clase ??= 'referencia';
  const purposes = definitions.codes(codeSystemUrl('referral-purpose'));
  const motives = purposes.filter((code) => form.all('motivo').includes(code));
  const priority = values.amerita === 'emergencia' ? 'stat' : values.prioridad === 'urgent' ? 'urgent' : 'routine';
  const isThere = (field: Hc10Field): boolean =>
    values[field] !== undefined ||
    known.has(field) ||
    (field === 'motivo' && motives.length > 0) ||
    (field === 'destino' && form.get(field) !== '') ||
    problems.some((problem) => problem.field === field);
  problems.push(...partProblems(isThere, values, say));
  if (values.amerita === 'otros' && !isThere('amerita-otro'))
    problems.push({ text: say(HC10_PROBLEMS.which), field: 'amerita-otro' });
  if (values['autor-categoria'] === 'otro' && !isThere('autor-otro'))
    problems.push({ text: say(HC10_PROBLEMS.whichAuthor), field: 'autor-otro' });
  for (const field of ALL_HC10_FIELDS) {
    const row = hc10Row(field);
    if (row.need === undefined || !NEEDS[row.need](priority) || isThere(field)) continue;
    problems.push({ text: say(HC10_MISSING[field] ?? HC10_PROBLEMS.missing, { field: say(row) }), field });
  }
  return { values, motives, priority, problems: inPageOrder(problems) };
}
