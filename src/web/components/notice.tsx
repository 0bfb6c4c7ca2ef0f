import type { ComponentChildren, VNode } from 'preact';

/** Something to know: `info`, `good` (done), `warn` (needs attention). The word carries the meaning, the colour helps. */
export function Notice({
  kind = 'info',
  title,
  children,
}: {
  readonly kind?: 'info' | 'good' | 'warn';
  readonly title?: string;
  readonly children?: ComponentChildren;
}): VNode {
  return (
    <section class={`rr-notice rr-notice--${kind}`} role={kind === 'good' ? 'status' : undefined}>
      {title !== undefined && <h2 class="rr-notice__title">{title}</h2>}
      {children}
    </section>
  );
}
