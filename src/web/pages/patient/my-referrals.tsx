import type { VNode } from 'preact';
import { EmptyState } from '../../components/empty-state.js';
import { Pager } from '../../components/pager.js';
import { dateText } from '../../dates.js';
import { useLanguage, useSay } from '../../language.js';
import { type Page, view } from '../../page.js';
import { RECORD } from '../../texts/patient-record.js';
import { type OwnReferrals, ownReferrals } from './own-referrals.js';

function Referrals({ referrals, next }: OwnReferrals): VNode {
  const say = useSay();
  const language = useLanguage();
  if (referrals.length === 0)
    return (
      <EmptyState title={say(RECORD.noReferrals)}>
        <p>{say(RECORD.noReferralsText)}</p>
      </EmptyState>
    );
  return (
    <div class="rr-big">
      <ul class="rr-entries">
        {referrals.map(({ id, written = '', sentence, destination }) => (
          <li>
            <a href={`/mi/referencias/${id}`}>{say(RECORD.referralOf, { date: dateText(written, language) })}</a>
            <br />
            <strong>{say(sentence)}</strong>
            {destination && <span class="rr-soft">{say(RECORD.toHospital, { name: destination.name })}</span>}
          </li>
        ))}
      </ul>
      <Pager next={next === undefined ? undefined : `/mi/referencias?desde=${encodeURIComponent(next)}`} />
    </div>
  );
}

/** All referrals of the person, newest first. */
export const myReferrals: Page = {
  method: 'GET',
  path: '/mi/referencias',
  audience: ['patient'],
  nav: RECORD.referrals,
  handle: async (page) => view(RECORD.referrals, <Referrals {...await ownReferrals(page, page.query.get('desde'))} />),
};
