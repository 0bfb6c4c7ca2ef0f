import type { ParametersParameter } from '@medplum/fhirtypes';
import { codeSystemUrl } from '../../../../config/canonical.js';
import type { Words } from '../../../../words.js';
import type { Choice } from '../../../components/select.js';
import { codeChoices } from '../../../resources/code-choices.js';
import { REFERRAL_FORMS } from '../../../texts/referral-forms.js';
import type { FieldForm, FieldReading, FormInput, FormScene, ParameterValue, Widget } from './move-form.js';

interface Options {
  readonly label: Words;
  readonly hint?: Words;
  readonly widget?: Widget;
  readonly optional?: boolean;
  readonly initial?: NonNullable<FormInput['initial']>;
}

/** Up to so many choices are radios (style guide). */
const MOST_RADIOS = 6;

export const values = (...given: readonly (ParameterValue | undefined)[]): FieldReading => ({
  values: given.filter((value) => value !== undefined),
});

const only = (input: FormInput): FieldForm['inputs'] => {
  const inputs = [input];
  return () => inputs;
};

const inOrder =
  (...inputs: readonly FormInput[]): FieldForm['inputs'] =>
  () =>
    inputs;

/** A code of a code system of the guide as a parameter's value; none for an empty text. */
export const codedValue = (system: string, code: string): ParameterValue | undefined =>
  code === '' ? undefined : { valueCodeableConcept: { coding: [{ system: codeSystemUrl(system), code }] } };

export const textValue = (text: string): ParameterValue | undefined =>
  text === '' ? undefined : { valueString: text };

/** Words, one line or several. */
export const textField = (field: string, { widget = 'lines', ...options }: Options): FieldForm => ({
  field,
  inputs: only({ name: field, widget, ...options }),
  read: (given) => values(textValue(given.get(field))),
});

/** A code of one of the guide's code systems. @param system its id */
export const codeField = (field: string, system: string, { widget = 'list', ...options }: Options): FieldForm => ({
  field,
  inputs: only({ name: field, widget, ...options, choices: ({ page }) => codeChoices(page, system) }),
  read: (given) => values(codedValue(system, given.get(field))),
});

/** A code of a handful of words of the contract. */
export const wordField = (
  field: string,
  choices: (scene: FormScene) => readonly Choice[],
  options: Options,
): FieldForm => ({
  field,
  inputs: only({ name: field, widget: 'one', ...options, choices }),
  read: (given) => values(given.get(field) === '' ? undefined : { valueCode: given.get(field) }),
});

const YES_NO = (scene: FormScene): readonly Choice[] =>
  (['yes', 'no'] as const).map((value) => ({ value, text: scene.page.say(REFERRAL_FORMS[value]) }));

/** Input of a question with yes or no. */
export const yesNoInput = (name: string, options: Options): FormInput => ({
  name,
  widget: 'one',
  ...options,
  choices: YES_NO,
});

/** What a yes-or-no input says; undefined when nothing was chosen. */
export const yesNo = (text: string): boolean | undefined => (text === 'yes' ? true : text === 'no' ? false : undefined);

export const yesNoField = (field: string, options: Options): FieldForm => ({
  field,
  inputs: only(yesNoInput(field, options)),
  read: (given) => {
    const answer = yesNo(given.get(field));
    return values(answer === undefined ? undefined : { valueBoolean: answer });
  },
});

/** Something of the directory. */
export const referenceField = (
  field: string,
  choices: NonNullable<FormInput['choices']>,
  { widget = 'list', ...options }: Options,
): FieldForm => ({
  field,
  inputs: only({ name: field, widget, ...options, choices }),
  read: (given) => values(referenceValue(given.get(field))),
});

export const referenceValue = (reference: string): ParameterValue | undefined =>
  reference === '' ? undefined : { valueReference: { reference } };

/** What the service knows by itself. */
export const knownField = (field: string, value: (scene: FormScene) => ParameterValue | undefined): FieldForm => ({
  field,
  inputs: () => [],
  read: (_given, scene) => values(value(scene)),
});

/** A part of a parameter with parts. */
export const part = (name: string, value: ParameterValue | undefined): ParametersParameter[] =>
  value ? [{ name, ...value }] : [];

/** Radios for few choices, a list for many (style guide). */
export const widgetFor = (choices: readonly Choice[]): Widget => (choices.length <= MOST_RADIOS ? 'one' : 'list');

/** A box that must be ticked before something ends, and words that may go with it. @param sure what the person confirms */
export const sureField = (field: string, sure: Words, { widget = 'lines', ...options }: Options): FieldForm => ({
  field,
  inputs: inOrder({ name: 'sure', label: sure, widget: 'mark' }, { name: field, widget, ...options, optional: true }),
  read: (given) => ({
    ...values(textValue(given.get(field))),
    mistakes: given.has('sure') ? [] : [{ input: 'sure', words: REFERRAL_FORMS.tick }],
  }),
});
