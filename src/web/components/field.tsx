import type { ComponentChildren, VNode } from 'preact';
import type { Words } from '../../words.js';
import { useSay } from '../language.js';
import { COMMON } from '../texts/common.js';

/** What every field has. Its id is `f-NAME`: problems point to it. */
export interface FieldProps {
  readonly name: string;
  readonly label: Words;
  readonly hint?: Words;
  readonly value?: string;
  /** What is wrong with it, in words that say how to mend it. */
  readonly error?: string | undefined;
  /** Marked as not obligatory. */
  readonly optional?: boolean;
}

export interface FieldBoxProps extends Pick<FieldProps, 'name' | 'label' | 'hint' | 'error' | 'optional'> {
  readonly children: ComponentChildren;
}

/** Id of a field; `Problem.field` of what is wrong with it. */
export const fieldId = (name: string): string => `f-${name}`;

/** Ids of hint and error, for `aria-describedby`. */
export const describedBy = ({ name, hint, error }: Pick<FieldProps, 'name' | 'hint' | 'error'>): string | undefined =>
  [...(hint ? [`${fieldId(name)}-hint`] : []), ...(error === undefined ? [] : [`${fieldId(name)}-error`])].join(' ') ||
  undefined;

/** Hint and error of a field. */
export function FieldNotes({ name, hint, error }: Pick<FieldProps, 'name' | 'hint' | 'error'>): VNode {
  const say = useSay();
  return (
    <>
      {hint && (
        <span class="rr-field__hint" id={`${fieldId(name)}-hint`}>
          {say(hint)}
        </span>
      )}
      {error !== undefined && (
        <span class="rr-field__error" id={`${fieldId(name)}-error`}>
          <strong>{say(COMMON.mistake)}</strong> {error}
        </span>
      )}
    </>
  );
}

/** Label above, hint under it, error above the input. */
export function FieldBox({ name, label, hint, error, optional = false, children }: FieldBoxProps): VNode {
  const say = useSay();
  return (
    <div class={error === undefined ? 'rr-field' : 'rr-field rr-field--error'}>
      <label class="rr-field__label" for={fieldId(name)}>
        {say(label)}
        {optional && <span class="rr-field__optional"> {say(COMMON.optional)}</span>}
      </label>
      <FieldNotes name={name} {...(hint ? { hint } : {})} error={error} />
      {children}
    </div>
  );
}
