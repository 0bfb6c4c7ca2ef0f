import type { VNode } from 'preact';
import { CheckBox } from '../../../components/check-box.js';
import { Choices } from '../../../components/choices.js';
import { Select } from '../../../components/select.js';
import { TextArea } from '../../../components/text-area.js';
import { TextField } from '../../../components/text-field.js';
import type { FormFields } from '../../../form-fields.js';
import { sayIn } from '../../../language.js';
import type { Problem } from '../../../problems.js';
import type { Widget } from './move-form.js';
import type { ShownInput } from './shown-inputs.js';

interface WidgetProps {
  readonly input: ShownInput;
  readonly given: FormFields;
  readonly error: string | undefined;
}

/** What every component of a field takes, from a row of the table. */
const field = ({ input, given, error }: WidgetProps) => {
  const { name, label, labelValues = {}, hint, optional = false } = input;
  return {
    name,
    label: { es: sayIn('es')(label, labelValues), en: sayIn('en')(label, labelValues) },
    ...(hint ? { hint } : {}),
    optional,
    error,
    value: given.get(name),
  };
};

const WIDGETS: Readonly<Record<Widget, (props: WidgetProps) => VNode>> = {
  line: (props) => <TextField {...field(props)} />,
  lines: (props) => <TextArea {...field(props)} rows={props.input.rows ?? 3} />,
  date: (props) => <TextField {...field(props)} type="date" width="medium" />,
  clock: (props) => <TextField {...field(props)} width="short" />,
  mark: (props) => <CheckBox {...field(props)} />,
  list: (props) => <Select {...field(props)} choices={props.input.choices} />,
  one: (props) => (
    <Choices {...field(props)} choices={props.input.choices} chosen={props.given.all(props.input.name)} />
  ),
  many: (props) => (
    <Choices {...field(props)} choices={props.input.choices} chosen={props.given.all(props.input.name)} take="many" />
  ),
};

/** The inputs of a form, with what was typed and what is wrong. */
export function FormInputs({
  inputs,
  given,
  problems,
}: {
  readonly inputs: readonly ShownInput[];
  readonly given: FormFields;
  readonly problems: readonly Problem[];
}): VNode {
  return (
    <>
      {inputs
        .filter(({ shown }) => shown?.(given) ?? true)
        .map((input) => {
          const error = problems.find((problem) => problem.field === input.name)?.text;
          return WIDGETS[input.widget]({ input, given, error });
        })}
    </>
  );
}
