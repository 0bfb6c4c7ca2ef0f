import type { VNode } from 'preact';
import { codeSystemUrl } from '../../../../config/canonical.js';
import { lastOutput } from '../../../../referral/task-io.js';
import type { NoticeKind } from '../../../../referral/vocabulary.js';
import { LinkButton } from '../../../components/button.js';
import { timeText } from '../../../dates.js';
import type { PageContext } from '../../../page-context.js';
import { codingText } from '../../../resources/coded-text.js';
import { REFERRAL } from '../../../texts/referral.js';
import type { ReferralView } from '../referral-view.js';

const KINDS: readonly NoticeKind[] = ['find-person', 'not-arrived', 'death-notice', 'onward-notice'];

/** What a facility was told beside the moves: to find the person, a death, a referral onward. */
export function Notices({ page, view }: { readonly page: PageContext; readonly view: ReferralView }): VNode | null {
  const { say, language } = page;
  const notices = KINDS.flatMap((kind) => view.sideTasks(kind).map((task) => ({ kind, task })));
  const onward = view.leg && lastOutput(view.leg, 'onward-referral');
  if (notices.length === 0 && onward === undefined) return null;
  return (
    <>
      <h2>{say(REFERRAL.notices)}</h2>
      <ul>
        {notices.map(({ kind, task }) => (
          <li>
            <strong>{codingText(page, { system: codeSystemUrl('task-code'), code: kind })}</strong>{' '}
            {say(REFERRAL.noticeFor, {
              who: view.facilityName(task.owner?.reference?.replace(/^Organization\//, '')),
              when: timeText(task.authoredOn ?? '', language),
            })}
            {task.status === 'completed' && <span class="rr-quiet"> {say(REFERRAL.noticeDone)}</span>}
          </li>
        ))}
      </ul>
      {onward !== undefined && (
        <p>
          <LinkButton label={REFERRAL.toOnward} href={`/referencias/${onward.replace(/^ServiceRequest\//, '')}`} />
        </p>
      )}
    </>
  );
}
