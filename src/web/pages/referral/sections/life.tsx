import type { VNode } from 'preact';
import { Timeline } from '../../../components/timeline.js';
import type { PageContext } from '../../../page-context.js';
import { REFERRAL } from '../../../texts/referral.js';
import { lifeOf } from '../life-of.js';
import type { ReferralView } from '../referral-view.js';

/** Everything that happened to the referral, in the order in which it happened, over all its legs. */
export function Life({ page, view }: { readonly page: PageContext; readonly view: ReferralView }): VNode {
  const { say } = page;
  const entries = lifeOf(page, view);
  return (
    <>
      <h2>{say(REFERRAL.life)}</h2>
      {entries.length === 0 ? (
        <p>{say(REFERRAL.lifeEmpty)}</p>
      ) : (
        <Timeline
          entries={entries.map(({ details, ...entry }) => ({
            ...entry,
            ...(details.length > 0
              ? {
                  children: details.map((text) => <div class="rr-lines">{text}</div>),
                }
              : {}),
          }))}
        />
      )}
    </>
  );
}
