import type { ComponentChildren, VNode } from 'preact';
import type { Words } from '../../words.js';
import { useSay } from '../language.js';

/** A part of a page that few people need: folded until somebody opens it, or until something in it needs attention. */
export function Fold({
  title,
  open = false,
  children,
}: {
  readonly title: Words;
  readonly open?: boolean;
  readonly children: ComponentChildren;
}): VNode {
  return (
    <details class="rr-fold" open={open}>
      <summary class="rr-fold__title">{useSay()(title)}</summary>
      {children}
    </details>
  );
}
