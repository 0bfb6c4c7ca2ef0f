import type { ComponentChildren, VNode } from 'preact';
import { useContext } from 'preact/hooks';
import { CSRF_FIELD } from '../csrf.js';
import { FrameContext } from '../language.js';

/** A form that posts to a page of this service; the form token comes by itself. */
export function Form({ action, children }: { readonly action: string; readonly children: ComponentChildren }): VNode {
  const { csrf } = useContext(FrameContext);
  return (
    <form class="rr-form" method="post" action={action} noValidate>
      <input type="hidden" name={CSRF_FIELD} value={csrf()} />
      {children}
    </form>
  );
}
