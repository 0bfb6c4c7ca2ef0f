import type { VNode } from 'preact';
import { useSay } from '../language.js';
import { describedBy, fieldId, FieldNotes, type FieldProps } from './field.js';

/** One box to mark; its posted value is `si`. @param props `value` not empty: it is marked */
export function CheckBox(props: FieldProps): VNode {
  const say = useSay();
  const { name, label, value = '', error } = props;
  return (
    <div class={error === undefined ? 'rr-field' : 'rr-field rr-field--error'}>
      <FieldNotes {...props} />
      <div class="rr-choice">
        <input
          class="rr-choice__input"
          id={fieldId(name)}
          name={name}
          type="checkbox"
          value="si"
          checked={value !== ''}
          aria-describedby={describedBy(props)}
        />
        <label class="rr-choice__label" for={fieldId(name)}>
          {say(label)}
        </label>
      </div>
    </div>
  );
}
