import type { ComponentChildren, VNode } from 'preact';

/**
 * A form that asks and changes nothing: its fields become the query of a page's address, so that the answer can be
 * reloaded and linked to.
 */
export function QueryForm({
  action,
  kept = {},
  children,
}: {
  readonly action: string;
  /** Parameters of the address that stay as they are. */
  readonly kept?: Readonly<Record<string, string | undefined>>;
  readonly children: ComponentChildren;
}): VNode {
  return (
    <form class="rr-form" method="get" action={action}>
      {Object.entries(kept).map(
        ([name, value]) => value !== undefined && <input type="hidden" name={name} value={value} />,
      )}
      {children}
    </form>
  );
}
