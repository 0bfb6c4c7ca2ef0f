import type { ComponentChildren, VNode } from 'preact';

export interface Fact {
  readonly name: string;
  readonly value: ComponentChildren;
}

/** Names and values below each other: the head of a referral, a person's data. */
export function Facts({ facts }: { readonly facts: readonly Fact[] }): VNode {
  return (
    <dl class="rr-facts">
      {facts.map(({ name, value }) => (
        <div class="rr-facts__row">
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
