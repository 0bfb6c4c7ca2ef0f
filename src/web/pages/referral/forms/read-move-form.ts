import type { Parameters, ParametersParameter } from '@medplum/fhirtypes';
import type { ServiceError } from '../../../../errors.js';
import { moveRow } from '../../../../referral/moves.js';
import type { FormFields } from '../../../form-fields.js';
import { type Problem, problemsOf } from '../../../problems.js';
import { REFERRAL_FORMS } from '../../../texts/referral-forms.js';
import type { OfferedMove } from '../../../texts/referral-moves.js';
import type { FieldForm, FormInput, FormMistake, FormScene } from './move-form.js';
import { MOVE_FORMS } from './move-forms.js';

/** A posted form as the operation takes it. */
export interface ReadMoveForm {
  readonly parameters: Parameters;
  /** What must be mended before the operation is asked; empty when it can be. */
  readonly problems: readonly Problem[];
}

const labelOf = (inputs: readonly FormInput[], name: string, { page }: FormScene): string => {
  const input = inputs.find((one) => one.name === name);
  return input ? page.say(input.label, input.labelValues) : name;
};

const missing = (inputs: readonly FormInput[], name: string, scene: FormScene): string =>
  scene.page.say(REFERRAL_FORMS.fill, { label: labelOf(inputs, name, scene) });

/** A required field that got nothing is told at its first input. */
function mistakesOf(move: OfferedMove, form: FieldForm, given: FormFields, scene: FormScene): readonly FormMistake[] {
  const { values, mistakes } = form.read(given, scene);
  if (mistakes) return mistakes;
  const required = moveRow(move).fields.find(({ name }) => name === form.field)?.required === true;
  const [input] = form.inputs(scene);
  return required && values.length === 0 && input ? [{ input: input.name }] : [];
}

/** Reads a posted form by the table of forms. */
export function readMoveForm(move: OfferedMove, given: FormFields, scene: FormScene): ReadMoveForm {
  const { fields } = MOVE_FORMS[move];
  const parameter = fields.flatMap((form): ParametersParameter[] =>
    form.read(given, scene).values.map((value) => ({ name: form.field, ...value })),
  );
  const problems = fields.flatMap((form) =>
    mistakesOf(move, form, given, scene).map(({ input, words, values }): Problem => ({
      field: input,
      text: words ? scene.page.say(words, values) : missing(form.inputs(scene), input, scene),
    })),
  );
  return { parameters: { resourceType: 'Parameters', ...(parameter.length > 0 ? { parameter } : {}) }, problems };
}

/** Name of the input that a finding of the operation is about: `nextStep.advice`, `Parameters.parameter[2].valueString`. */
export function inputOf(
  expression: string,
  move: OfferedMove,
  { parameter = [] }: Parameters,
  scene: FormScene,
): string | undefined {
  const forms = MOVE_FORMS[move].fields;
  const index = /^Parameters\.parameter\[(\d+)\]/.exec(expression)?.[1];
  const path = index === undefined ? expression : (parameter[Number(index)]?.name ?? '');
  const names = forms.flatMap((form) => form.inputs(scene).map(({ name }) => name));
  const field = path.split(/[.[|]/)[0];
  return names.find((name) => name === path) ?? forms.find((form) => form.field === field)?.inputs(scene)[0]?.name;
}

/** The findings of a refused move in the words of its form, each at its input. */
export function refusalProblems(
  error: ServiceError,
  move: OfferedMove,
  parameters: Parameters,
  scene: FormScene,
): readonly Problem[] {
  const places = error.findings.flatMap(({ expression }) => {
    const input = expression === undefined ? undefined : inputOf(expression, move, parameters, scene);
    return expression === undefined || input === undefined ? [] : [[expression, input] as const];
  });
  const inputs = MOVE_FORMS[move].fields.flatMap((form) => form.inputs(scene));
  return problemsOf(error, scene.page.language, Object.fromEntries(places)).map((problem, index) =>
    problem.field !== undefined && error.findings[index]?.code === 'field-missing'
      ? { ...problem, text: missing(inputs, problem.field, scene) }
      : problem,
  );
}
