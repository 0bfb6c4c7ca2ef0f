import type { ComponentChildren, VNode } from 'preact';
import { useSay } from '../../language.js';
import type { Words } from '../../../words.js';

/** A block of the paper form with its name. */
export function SheetBlock({
  title,
  children,
}: {
  readonly title: Words;
  readonly children: ComponentChildren;
}): VNode {
  return (
    <section class="rr-hc10__block">
      <h2>{useSay()(title)}</h2>
      <div class="rr-hc10__cells">{children}</div>
    </section>
  );
}

/** A named value; a line for the pen where there is none. @param wide takes the whole line */
export function SheetCell({
  label,
  value,
  wide = false,
}: {
  readonly label: Words;
  readonly value?: string | undefined;
  readonly wide?: boolean;
}): VNode {
  return (
    <p class={wide ? 'rr-hc10__cell rr-hc10__cell--wide' : 'rr-hc10__cell'}>
      <b>{useSay()(label)}:</b> {value ?? <span class="rr-hc10__line" />}
    </p>
  );
}

/** Boxes to tick, those that hold ticked already. */
export function SheetBoxes({
  boxes,
}: {
  readonly boxes: readonly { readonly text: string; readonly ticked?: boolean }[];
}): VNode {
  return (
    <p class="rr-hc10__cell rr-hc10__cell--wide">
      {boxes.map(({ text, ticked = false }) => (
        <span class="rr-hc10__box">
          {ticked ? '☒' : '☐'} {text}
        </span>
      ))}
    </p>
  );
}
