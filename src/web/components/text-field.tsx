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
}

/** One line of text, a date, a number or a password. */
export function TextField(props: TextFieldProps): VNode {
  const { name, value = '', error, type = 'text', inputMode, autoComplete = 'off', width = 'full', maxLength } = props;
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
      />
    </FieldBox>
  );
}
