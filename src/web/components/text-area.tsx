import type { VNode } from 'preact';
import { describedBy, FieldBox, fieldId, type FieldProps } from './field.js';

/** Several lines of text. */
export function TextArea(props: FieldProps & { readonly rows?: number }): VNode {
  const { name, value = '', error, rows = 4 } = props;
  return (
    <FieldBox {...props}>
      <textarea
        class="rr-input"
        id={fieldId(name)}
        name={name}
        rows={rows}
        aria-invalid={error === undefined ? undefined : 'true'}
        aria-describedby={describedBy(props)}
      >
        {value}
      </textarea>
    </FieldBox>
  );
}
