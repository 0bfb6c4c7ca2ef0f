import type { VNode } from 'preact';
import { useSay } from '../language.js';
import { COMMON } from '../texts/common.js';
import { LinkButton } from './button.js';
import { Facts, type Fact } from './facts.js';
import { Notice } from './notice.js';

/**
 * Somebody changed the same thing meanwhile: nothing was saved, what the person wrote is shown so that it can be copied,
 * and one link leads to the current state.
 * @param href page that shows the current state
 */
export function ChangedMeanwhile({
  href,
  kept = [],
}: {
  readonly href: string;
  readonly kept?: readonly Fact[];
}): VNode {
  const say = useSay();
  return (
    <>
      <Notice kind="warn">
        <p>{say(COMMON.changedText)}</p>
      </Notice>
      {kept.length > 0 && (
        <>
          <h2>{say(COMMON.changedKept)}</h2>
          <Facts facts={kept} />
        </>
      )}
      <p>
        <LinkButton label={COMMON.changedGo} href={href} />
      </p>
    </>
  );
}
