import type { Bundle, ServiceRequest } from '@medplum/fhirtypes';
import type { VNode } from 'preact';
import type { Deadlines } from '../../../referral/deadlines/deadlines.js';
import { draftEnd } from '../../../referral/drafts/draft-end.js';
import { ClockTag } from '../../components/clock-tag.js';
import { UrgencyTag } from '../../components/referral-tags.js';
import { Table } from '../../components/table.js';
import { timeText } from '../../dates.js';
import type { PageContext } from '../../page-context.js';
import { conceptText } from '../../resources/coded-text.js';
import { inBundle } from '../../resources/in-bundle.js';
import { ageText, nameOrUnknown } from '../../resources/person.js';
import { DRAFTS } from '../../texts/notices.js';
import { INBOX } from '../../texts/worklists.js';

interface DraftTableProps {
  readonly page: PageContext;
  readonly bundle: Bundle;
  readonly deadlines: Deadlines;
  readonly total: number;
  readonly now: Date;
}

function Until({
  order,
  deadlines,
  page,
  now,
}: Pick<DraftTableProps, 'deadlines' | 'page' | 'now'> & { order: ServiceRequest }): VNode {
  const end = draftEnd(order, deadlines);
  return end ? (
    <>
      <ClockTag due={end} now={now} />
      <span class="rr-row__note">{timeText(end.toISOString(), page.language)}</span>
    </>
  ) : (
    <>{page.say(DRAFTS.never)}</>
  );
}

/** Drafts of a facility: about whom, for what, when somebody last worked on them and when they end. One link a row. */
export function DraftTable({ page, bundle, deadlines, total, now }: DraftTableProps): VNode {
  const { say, language } = page;
  const patients = new Map(inBundle(bundle, 'Patient').map((patient) => [`Patient/${patient.id}`, patient]));
  return (
    <div class="rr-list">
      <Table
        caption={say(total === 1 ? DRAFTS.captionOne : DRAFTS.caption, { n: total })}
        columns={[
          { name: say(INBOX.person) },
          { name: say(INBOX.service) },
          { name: say(DRAFTS.touched) },
          { name: say(DRAFTS.until) },
        ]}
        rows={inBundle(bundle, 'ServiceRequest').map((order) => {
          const patient = patients.get(order.subject.reference ?? '');
          return [
            <>
              <a class="rr-row__link" href={`/referencias/${order.id}`}>
                {patient ? nameOrUnknown(patient, say) : say(INBOX.noPatient)}
              </a>
              {patient && <span class="rr-row__note">{ageText(patient, say, now)}</span>}
            </>,
            <>
              <UrgencyTag priority={order.priority ?? 'routine'} /> {conceptText(page, order.performerType)}
            </>,
            timeText(order.meta?.lastUpdated ?? '', language),
            <Until order={order} deadlines={deadlines} page={page} now={now} />,
          ];
        })}
      />
    </div>
  );
}
