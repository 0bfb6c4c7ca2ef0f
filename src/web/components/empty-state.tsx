import type { ComponentChildren, VNode } from 'preact';

/** Nothing to show: says so, says what comes here, and how to start. */
export function EmptyState({
  title,
  children,
}: {
  readonly title: string;
  readonly children?: ComponentChildren;
}): VNode {
  return (
    <section class="rr-empty">
      <h2 class="rr-empty__title">{title}</h2>
      {children}
    </section>
  );
}
