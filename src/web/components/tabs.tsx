import type { VNode } from 'preact';

export interface TabLink {
  readonly href: string;
  readonly text: string;
  readonly count: number;
  readonly current: boolean;
}

/** Links between lists of the same kind, each with how much it holds; on a narrow screen empty ones are left out. */
export function Tabs({ label, links }: { readonly label: string; readonly links: readonly TabLink[] }): VNode {
  return (
    <nav class="rr-tabs" aria-label={label}>
      <ul class="rr-tabs__list">
        {links.map(({ href, text, count, current }) => (
          <li class={count === 0 && !current ? 'rr-tabs__none' : undefined}>
            <a class="rr-tabs__link" href={href} aria-current={current ? 'page' : undefined}>
              {text} <strong>{count}</strong>
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
