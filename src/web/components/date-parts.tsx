import type { VNode } from 'preact';
import { useSay } from '../language.js';
import type { Words } from '../../words.js';
import { COMMON } from '../texts/common.js';
import { describedBy, fieldId, FieldNotes, type FieldProps } from './field.js';

/** Day, month and year as typed. */
export interface TypedDate {
  readonly day: string;
  readonly month: string;
  readonly year: string;
}

const PARTS: readonly (readonly [part: keyof TypedDate, suffix: string, label: Words])[] = [
  ['day', 'dia', COMMON.day],
  ['month', 'mes', COMMON.month],
  ['year', 'ano', COMMON.year],
];

/** Names of the three inputs of a date: `NAME-dia`, `NAME-mes`, `NAME-ano`. */
export const datePartNames = (name: string): readonly string[] => PARTS.map(([, suffix]) => `${name}-${suffix}`);

/** A date that people know by heart, in three boxes: no calendar to page through, and parts may stay empty. */
export function DateParts(props: Omit<FieldProps, 'value'> & { readonly typed: TypedDate }): VNode {
  const say = useSay();
  const { name, label, error, typed, optional = false } = props;
  return (
    <fieldset
      class={error === undefined ? 'rr-field' : 'rr-field rr-field--error'}
      aria-describedby={describedBy(props)}
    >
      <legend class="rr-field__label">
        {say(label)}
        {optional && <span class="rr-field__optional"> {say(COMMON.optional)}</span>}
      </legend>
      <FieldNotes {...props} />
      <div class="rr-date">
        {PARTS.map(([part, suffix, text], index) => {
          const id = index === 0 ? fieldId(name) : `${fieldId(name)}-${suffix}`;
          return (
            <div>
              <label for={id}>{say(text)}</label>
              <input
                class="rr-input"
                id={id}
                name={`${name}-${suffix}`}
                type="text"
                inputMode="numeric"
                autoComplete="off"
                maxLength={part === 'year' ? 4 : 2}
                size={part === 'year' ? 4 : 2}
                value={typed[part]}
                aria-invalid={error === undefined ? undefined : 'true'}
              />
            </div>
          );
        })}
      </div>
    </fieldset>
  );
}
