import type { VNode } from 'preact';
import { describedBy, FieldBox, fieldId, type FieldProps } from './field.js';

export interface Choice {
  readonly value: string;
  readonly text: string;
  readonly hint?: string;
  /** It cannot be chosen yet; the hint says why. */
  readonly disabled?: boolean;
}

/** Why some cannot be chosen yet, said once for all that lack the same. */
function NotYet({ choices }: { readonly choices: readonly Choice[] }): VNode {
  const blocked = choices.filter(({ disabled, hint }) => disabled && hint !== undefined);
  return (
    <>
      {[...new Set(blocked.map(({ hint }) => hint))].map((hint) => (
        <p class="rr-field__hint">
          {blocked
            .filter((choice) => choice.hint === hint)
            .map(({ text }) => text)
            .join(', ')}
          : {hint}
        </p>
      ))}
    </>
  );
}

/** One of many; up to six choices take `Choices` instead. The first line is empty unless there is a value. */
export function Select(props: FieldProps & { readonly choices: readonly Choice[] }): VNode {
  const { name, value = '', error, choices } = props;
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
        {choices.map((choice) => (
          <option value={choice.value} disabled={choice.disabled} selected={choice.value === value}>
            {choice.text}
          </option>
        ))}
      </select>
      <NotYet choices={choices} />
    </FieldBox>
  );
}
