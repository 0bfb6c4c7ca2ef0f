import type { VNode } from 'preact';
import { describedBy, FieldBox, fieldId, type FieldProps } from './field.js';

export interface TextFieldProps extends FieldProps {
  readonly type?: 'text' | 'password' | 'tel' | 'date' | 'datetime-local' | 'number' | 'search';
  /** Keyboard of a phone: `numeric` for DNI and phone. */
  readonly inputMode?: 'numeric' | 'text';
  /** Patient data stay `off` on shared computers. */
  readonly autoComplete?: string;
  /** Width in characters: what fits is what is expected. */
  readonly width?: 'short' | 'medium' | 'full';
  readonly maxLength?: number;
  /** What the browser offers while one types; anything else may be written too. */
  readonly suggestions?: readonly string[];
  /** The focus is here when the page comes: only where typing is all that the page is for. */
  readonly autoFocus?: boolean;
}

/** One line of text, a date, a number or a password. */
export function TextField(props: TextFieldProps): VNode {
  const { name, value = '', error, type = 'text', inputMode, autoComplete = 'off', width = 'full', maxLength } = props;
  const { suggestions } = props;
  const list = suggestions ? `${fieldId(name)}-list` : undefined;
  return (
    <FieldBox {...props}>
      <input
        class={`rr-input rr-input--${width}`}
        id={fieldId(name)}
        name={name}
        type={type}
        value={type === 'password' ? '' : value}
        autoComplete={autoComplete}
        autoCapitalize="none"
        spellcheck={false}
        aria-invalid={error === undefined ? undefined : 'true'}
        aria-describedby={describedBy(props)}
        {...(inputMode ? { inputMode } : {})}
        {...(maxLength === undefined ? {} : { maxLength })}
        {...(props.autoFocus ? { autoFocus: true } : {})}
        {...(list === undefined ? {} : { list })}
      />
      {suggestions && (
        <datalist id={list}>
          {suggestions.map((text) => (
            <option value={text} />
          ))}
        </datalist>
      )}
    </FieldBox>
  );
}
