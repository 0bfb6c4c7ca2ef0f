import type { VNode } from 'preact';
import { useSay } from '../language.js';
import { describedBy, fieldId, FieldNotes, type FieldProps } from './field.js';
import type { Choice } from './select.js';

export interface ChoicesProps extends Omit<FieldProps, 'value'> {
  readonly choices: readonly Choice[];
  /** Values that are chosen. */
  readonly chosen?: readonly string[];
  /** `one` shows radios, `many` checkboxes. */
  readonly take?: 'one' | 'many';
}

/** Radios or checkboxes in a fieldset; problems point to the first of them. */
export function Choices(props: ChoicesProps): VNode {
  const say = useSay();
  const { name, label, error, choices, chosen = [], take = 'one' } = props;
  return (
    <fieldset
      class={error === undefined ? 'rr-field' : 'rr-field rr-field--error'}
      aria-describedby={describedBy(props)}
    >
      <legend class="rr-field__label">{say(label)}</legend>
      <FieldNotes {...props} />
      {choices.map(({ value, text, hint }, index) => {
        const id = index === 0 ? fieldId(name) : `${fieldId(name)}-${index}`;
        return (
          <div class="rr-choice">
            <input
              class="rr-choice__input"
              id={id}
              name={name}
              type={take === 'one' ? 'radio' : 'checkbox'}
              value={value}
              checked={chosen.includes(value)}
            />
            <label class="rr-choice__label" for={id}>
              {text}
              {hint !== undefined && <span class="rr-choice__hint">{hint}</span>}
            </label>
          </div>
        );
      })}
    </fieldset>
  );
}
