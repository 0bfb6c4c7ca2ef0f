import type { ComponentChildren, VNode } from 'preact';
import { timeText } from '../dates.js';
import { useLanguage, useSay } from '../language.js';
import { COMMON } from '../texts/common.js';

/** A sheet for paper (Letter): who printed it and when stands at its foot. Head and navigation are not printed. */
export function PrintSheet({ by, children }: { readonly by: string; readonly children: ComponentChildren }): VNode {
  const say = useSay();
  const when = timeText(new Date(), useLanguage());
  return (
    <article class="rr-sheet">
      {children}
      <p class="rr-sheet__foot">{say(COMMON.moment, { who: by, when })}</p>
    </article>
  );
}
