import type { VNode } from 'preact';
import { describedBy, FieldBox, fieldId, type FieldProps } from './field.js';
import type { Choice } from './select.js';

export interface ChoiceGroup {
  readonly name: string;
  readonly choices: readonly Choice[];
}

/** One of very many, in named groups: municipalities by department. The first line is empty unless there is a value. */
export function GroupedSelect(props: FieldProps & { readonly groups: readonly ChoiceGroup[] }): VNode {
  const { name, value = '', error, groups } = props;
  return (
    <FieldBox {...props}>
      <select
        class="rr-input"
        id={fieldId(name)}
        name={name}
        aria-invalid={error === undefined ? undefined : 'true'}
        aria-describedby={describedBy(props)}
      >
        <option value="">—</option>
        {groups.map((group) => (
          <optgroup label={group.name}>
            {group.choices.map((choice) => (
              <option value={choice.value} selected={choice.value === value}>
                {choice.text}
              </option>
            ))}
          </optgroup>
        ))}
      </select>
    </FieldBox>
  );
}
