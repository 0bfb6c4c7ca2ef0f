import type { Choice } from '../../../components/select.js';
import type { Fact } from '../../../components/facts.js';
import { type FormFields, formFields } from '../../../form-fields.js';
import type { OfferedMove } from '../../../texts/referral-moves.js';
import type { FormInput, FormScene } from './move-form.js';
import { MOVE_FORMS } from './move-forms.js';

/** An input with its choices looked up. */
export interface ShownInput extends Omit<FormInput, 'choices'> {
  readonly choices: readonly Choice[];
}

/** The inputs of a move's form, choices looked up. */
export function shownInputs(move: OfferedMove, scene: FormScene): Promise<readonly ShownInput[]> {
  const inputs = MOVE_FORMS[move].fields.flatMap((form) => form.inputs(scene));
  return Promise.all(
    inputs.map(async ({ choices, ...input }) => ({ ...input, choices: (await choices?.(scene)) ?? [] })),
  );
}

/** What stands in the form when it is opened. */
export const initialFields = (inputs: readonly ShownInput[], scene: FormScene): FormFields =>
  formFields(
    new URLSearchParams(
      inputs.flatMap(({ name, initial, choices }) => {
        const value = initial?.(scene, choices);
        return value === undefined ? [] : [[name, value]];
      }),
    ).toString(),
  );

/** What a person filled in, in words, to be copied from a form that could not be sent. */
export const keptFacts = (inputs: readonly ShownInput[], given: FormFields, { page }: FormScene): readonly Fact[] =>
  inputs.flatMap(({ name, label, labelValues, choices }) => {
    const texts = given.all(name).map((value) => choices.find((choice) => choice.value === value)?.text ?? value);
    return texts.length === 0 ? [] : [{ name: page.say(label, labelValues), value: texts.join('; ') }];
  });
