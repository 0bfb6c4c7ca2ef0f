import type { VNode } from 'preact';
import { useSay } from '../language.js';
import { COMMON } from '../texts/common.js';

/** Link to the next rows of a list; nothing when there are none. @param next address of the same page with the next cursor */
export function Pager({ next }: { readonly next?: string | undefined }): VNode | null {
  const say = useSay();
  return next === undefined ? null : (
    <p class="rr-pager">
      <a href={next} rel="next">
        {say(COMMON.next)}
      </a>
    </p>
  );
}
