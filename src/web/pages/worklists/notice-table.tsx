import type { VNode } from 'preact';
import { codeSystemUrl } from '../../../config/canonical.js';
import { ClockTag } from '../../components/clock-tag.js';
import { UrgencyTag } from '../../components/referral-tags.js';
import { Table } from '../../components/table.js';
import { timeText } from '../../dates.js';
import type { PageContext } from '../../page-context.js';
import { codingText } from '../../resources/coded-text.js';
import type { NoticeRow } from '../../resources/notice-rows.js';
import { ageText, nameOrUnknown } from '../../resources/person.js';
import { NOTICES } from '../../texts/notices.js';
import { INBOX } from '../../texts/worklists.js';

interface NoticeTableProps {
  readonly page: PageContext;
  readonly rows: readonly NoticeRow[];
  readonly total: number;
  readonly now: Date;
}

/** Address of the notices on the page of a referral. */
export const noticesHref = (referralId: string): string => `/referencias/${referralId}#avisos`;

/** Notices to a facility: about whom, by when, and what is asked. One link a row: where it is seen to. */
export function NoticeTable({ page, rows, total, now }: NoticeTableProps): VNode {
  const { say, language } = page;
  return (
    <div class="rr-list">
      <Table
        caption={say(total === 1 ? NOTICES.captionOne : NOTICES.caption, { n: total })}
        columns={[{ name: say(INBOX.person) }, { name: say(INBOX.urgency) }, { name: say(NOTICES.asked) }]}
        rows={rows.map(({ task, kind, referralId, patient }) => [
          <>
            <a
              class="rr-row__link"
              href={kind === 'onward-draft' ? `/referencias/${referralId}` : noticesHref(referralId)}
            >
              {patient ? nameOrUnknown(patient, say) : say(INBOX.noPatient)}
            </a>
            {patient && <span class="rr-row__note">{ageText(patient, say, now)}</span>}
            <span class="rr-row__note">{task.groupIdentifier?.value}</span>
          </>,
          <>
            <UrgencyTag priority={task.priority ?? 'routine'} />{' '}
            <ClockTag due={new Date(task.restriction?.period?.end ?? '')} now={now} />
            <span class="rr-row__note">{say(NOTICES.since, { when: timeText(task.authoredOn ?? '', language) })}</span>
          </>,
          <>
            <strong>{codingText(page, { system: codeSystemUrl('task-code'), code: kind })}</strong>
            <span class="rr-row__note">{say(NOTICES[kind])}</span>
          </>,
        ])}
      />
    </div>
  );
}
