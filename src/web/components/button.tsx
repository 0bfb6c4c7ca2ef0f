import type { VNode } from 'preact';
import type { Words } from '../../words.js';
import { useSay } from '../language.js';

/** `send` for the one main action of a page, `plain` for the others, `danger` for what cannot be taken back. */
export type ButtonKind = 'send' | 'plain' | 'danger';

/** Button of a form, named by a verb: "Enviar referencia", not "OK". */
export function Button({
  label,
  kind = 'send',
  name,
  value,
}: {
  readonly label: Words;
  readonly kind?: ButtonKind;
  readonly name?: string;
  readonly value?: string;
}): VNode {
  return (
    <button class={`rr-button rr-button--${kind}`} type="submit" name={name} value={value}>
      {useSay()(label)}
    </button>
  );
}

/** Link that looks like a button: it leads on and changes nothing. */
export function LinkButton({
  label,
  href,
  kind = 'plain',
}: {
  readonly label: Words;
  readonly href: string;
  readonly kind?: ButtonKind;
}): VNode {
  return (
    <a class={`rr-button rr-button--${kind}`} href={href}>
      {useSay()(label)}
    </a>
  );
}
