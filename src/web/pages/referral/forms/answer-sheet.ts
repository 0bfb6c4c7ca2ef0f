import type { Hc10Block } from '../../../../referral/hc10/hc10-field.js';
import { ALL_HC10_FIELDS, answerPlace, type Hc10Field, hc10Row } from '../../../../referral/hc10/hc10-fields.js';
import { hc10Observations } from '../../../../referral/hc10/hc10-observations.js';
import type { AnswerSheet } from '../../../../referral/build-answer.js';
import type { FormFields } from '../../../form-fields.js';
import { codeChoices } from '../../../resources/code-choices.js';
import { ANSWER_LABELS } from '../../../texts/hc10-sheet.js';
import { REFERRAL_FORMS as T } from '../../../texts/referral-forms.js';
import { readHc10Fields } from '../../hc10/read-hc10.js';
import type { FormInput, FormMistake, FormScene } from './move-form.js';

/** Blocks of the sheet HC-10 that a respuesta has beside its texts: what the destination measured and found. */
const MEASURED: ReadonlySet<Hc10Block> = new Set(['vital-signs', 'exam']);

const FIELDS: readonly Hc10Field[] = ALL_HC10_FIELDS.filter(
  (field) => MEASURED.has(hc10Row(field).block) && answerPlace(field) !== undefined,
);

const labelOf = (field: Hc10Field): FormInput['label'] => {
  const { es, en } = hc10Row(field);
  return ANSWER_LABELS[field] ?? { es, en };
};

/** The other fields of the sheet, as the form of the answer asks for them: all of them may stay empty. */
export const ANSWER_SHEET_INPUTS: readonly FormInput[] = [
  { name: 'proxima-cita', label: labelOf('proxima-cita'), widget: 'lines', rows: 2, optional: true },
  {
    name: 'motivo',
    label: T.sentBackFor,
    widget: 'many',
    optional: true,
    choices: ({ page }) => codeChoices(page, 'referral-purpose'),
  },
  ...FIELDS.map((field): FormInput => ({
    name: field,
    label: labelOf(field),
    widget: 'line',
    optional: true,
    fold: T.measured,
  })),
];

/** What those fields say: for the document, or what must be mended. */
export function readAnswerSheet(
  given: FormFields,
  { page }: FormScene,
): { readonly sheet: AnswerSheet; readonly nextVisit?: string; readonly mistakes: readonly FormMistake[] } {
  const { definitions } = page.services.fhir;
  const { values, problems } = readHc10Fields(given, [...FIELDS, 'proxima-cita'], { say: page.say, definitions });
  const { 'proxima-cita': nextVisit } = values;
  const purposes = codeChoices(page, 'referral-purpose').map(({ value }) => value);
  return {
    sheet: {
      observations: hc10Observations(values),
      extension: [],
      motives: purposes.filter((code) => given.all('motivo').includes(code)),
    },
    ...(nextVisit === undefined ? {} : { nextVisit }),
    mistakes: problems.map(({ field = '', text }) => ({ input: field, words: { es: text, en: text } })),
  };
}
