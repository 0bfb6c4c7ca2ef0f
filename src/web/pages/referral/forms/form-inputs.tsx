import type { VNode } from 'preact';
import { CheckBox } from '../../../components/check-box.js';
import { Choices } from '../../../components/choices.js';
import { Fold } from '../../../components/fold.js';
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

/** Inputs beside each other that are folded under the same words, or that stand alone. */
function groupsOf(inputs: readonly ShownInput[]): readonly (readonly ShownInput[])[] {
  const groups: ShownInput[][] = [];
  for (const input of inputs) {
    const last = groups.at(-1);
    if (last && input.fold !== undefined && last[0]?.fold === input.fold) last.push(input);
    else groups.push([input]);
  }
  return groups;
}

/** The inputs of a form, with what was typed and what is wrong; a fold is open when something in it is either. */
export function FormInputs({
  inputs,
  given,
  problems,
}: {
  readonly inputs: readonly ShownInput[];
  readonly given: FormFields;
  readonly problems: readonly Problem[];
}): VNode {
  const errorOf = ({ name }: ShownInput): string | undefined => problems.find(({ field: at }) => at === name)?.text;
  const draw = (input: ShownInput): VNode => WIDGETS[input.widget]({ input, given, error: errorOf(input) });
  return (
    <>
      {groupsOf(inputs.filter(({ shown }) => shown?.(given) ?? true)).map((group) => {
        const title = group[0]?.fold;
        if (!title) return group.map(draw);
        const open = group.some((input) => given.get(input.name) !== '' || errorOf(input) !== undefined);
        return (
          <Fold title={title} open={open}>
            {group.map(draw)}
          </Fold>
        );
      })}
    </>
  );
}
