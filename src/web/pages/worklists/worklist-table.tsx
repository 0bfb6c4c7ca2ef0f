import type { VNode } from 'preact';
import type { Side } from '../../../referral/parties.js';
import { PREFERENCES, preferencesOf } from '../../../referral/preference-conditions.js';
import { Button } from '../../components/button.js';
import { ClockTag } from '../../components/clock-tag.js';
import { Form } from '../../components/form.js';
import { StateTag, UrgencyTag } from '../../components/referral-tags.js';
import { Table } from '../../components/table.js';
import { timeText } from '../../dates.js';
import { useSay } from '../../language.js';
import type { PageContext } from '../../page-context.js';
import { awayText } from '../../resources/away-words.js';
import { sentWords } from '../../resources/clock-words.js';
import { ageText, nameOrUnknown } from '../../resources/person.js';
import type { QueuePlace } from '../../resources/queue-place.js';
import { reasonText, type ReferralRow, specialtyText } from '../../resources/referral-rows.js';
import { EMERGENCY } from '../../texts/emergency.js';
import { MESSAGES } from '../../texts/messages.js';
import { NEXT_STEPS } from '../../texts/worklist-guide.js';
import { INBOX } from '../../texts/worklists.js';
import { isTheirTurn, movesHere, turnOf } from './next-step.js';

export interface WorklistTableProps {
  readonly page: PageContext;
  readonly caption: string;
  readonly side: Side;
  readonly rows: readonly ReferralRow[];
  /** Names of facilities by Organization id. */
  readonly names: ReadonlyMap<string, string>;
  /** Places in the queue by Task id, where the list is one. */
  readonly places: ReadonlyMap<string, QueuePlace>;
  readonly now: Date;
}

type RowProps = Omit<WorklistTableProps, 'rows' | 'caption'> & { readonly row: ReferralRow };

function Person({ page, row: { patient, diagnosis, task, referralId, unread }, places, now }: RowProps): VNode {
  const say = useSay();
  const away = awayText(page, task, now);
  const place = places.get(task.id);
  // Where people wait in a queue, what counts beside its order.
  const preferences = place && patient ? preferencesOf({ patient, diagnosis, now }) : [];
  return (
    <>
      {place && <strong class="rr-row__line">{say(INBOX.place, { n: place.position })}</strong>}
      <a class="rr-row__link" href={`/referencias/${referralId}`}>
        {patient ? nameOrUnknown(patient, say) : say(INBOX.noPatient)}
      </a>
      {patient && <span class="rr-row__note">{ageText(patient, say, now)}</span>}
      <span class="rr-row__note">{task.groupIdentifier?.value}</span>
      {preferences.length > 0 && (
        <strong class="rr-row__note">{preferences.map((name) => say(PREFERENCES[name])).join(' · ')}</strong>
      )}
      {away !== undefined && <span class="rr-row__note">{away}</span>}
      {place?.overrun && <strong class="rr-row__note">{say(INBOX.overrun)}</strong>}
      {place?.moved && <span class="rr-row__note">{say(INBOX[`moved${place.moved}`])}</span>}
      {unread > 0 && (
        <strong class="rr-row__note">
          {say(unread === 1 ? MESSAGES.unreadOne : MESSAGES.unreadMany, { n: unread })}
        </strong>
      )}
    </>
  );
}

function Urgency({ page, row: { task, state, appointment }, now }: RowProps): VNode {
  const say = useSay();
  const end = task.restriction?.period?.end;
  const visit = state === 'scheduled' ? appointment?.start : undefined;
  return (
    <>
      <UrgencyTag priority={task.priority ?? 'routine'} />{' '}
      {visit !== undefined ? (
        <>
          <ClockTag due={new Date(visit)} now={now} kind="visit" />
          <span class="rr-row__note">{say(INBOX.visitAt, { when: timeText(visit, page.language) })}</span>
        </>
      ) : (
        end !== undefined && <ClockTag due={new Date(end)} now={now} />
      )}
      {task.authoredOn !== undefined && (
        <span class="rr-row__note">{say(sentWords(new Date(task.authoredOn), now))}</span>
      )}
    </>
  );
}

function Place({ page, row, side, names }: RowProps): VNode {
  const reference = side === 'origin' ? row.task.owner?.reference : row.task.requester?.reference;
  const id = reference?.slice('Organization/'.length) ?? '';
  return (
    <>
      {specialtyText(page, row)}
      <span class="rr-row__note">{names.get(id)}</span>
    </>
  );
}

/** Triage opens what the desk has not received yet by a request of its own: reading it would move nothing. */
function OpenForTriage({ page, row }: RowProps): VNode | null {
  const { role } = page.signedIn();
  if (role !== 'triage' || row.state !== 'sent' || !movesHere(page, row).includes('receive')) return null;
  return (
    <Form action={`/referencias/${row.referralId}/receive`}>
      <input type="hidden" name="version" value={row.task.meta?.versionId ?? ''} />
      <input type="hidden" name="task" value={row.task.id} />
      <Button label={EMERGENCY.open} kind="plain" />
    </Form>
  );
}

function NextStep({ page, row }: RowProps): VNode {
  const say = useSay();
  const step = NEXT_STEPS[row.state];
  const who = turnOf(row.state, page.language);
  const mine = isTheirTurn(page, row);
  return (
    <>
      <StateTag state={row.state} />
      {step && <strong class="rr-row__step">{say(step)}</strong>}
      {mine ? (
        <span class="rr-row__note">{say(INBOX.yourTurn)}</span>
      ) : (
        who !== undefined && <span class="rr-row__note">{say(INBOX.turnOf, { who })}</span>
      )}
    </>
  );
}

/** Referrals of one list: who, how urgent, for what, why, and what comes next. One link a row: its referral. */
export function WorklistTable({ rows, caption, ...shared }: WorklistTableProps): VNode {
  const say = useSay();
  const { page, side } = shared;
  return (
    <div class="rr-list">
      <Table
        caption={caption}
        columns={[
          { name: say(INBOX.person) },
          { name: say(INBOX.urgency) },
          { name: say(side === 'origin' ? INBOX.toWhere : INBOX.fromWhere) },
          { name: say(INBOX.reason) },
          { name: say(INBOX.next) },
        ]}
        rows={rows.map((row) => [
          <Person {...shared} row={row} />,
          <Urgency {...shared} row={row} />,
          <Place {...shared} row={row} />,
          reasonText(page, row) || say(INBOX.noReason),
          <>
            <NextStep {...shared} row={row} />
            <OpenForTriage {...shared} row={row} />
          </>,
        ])}
      />
    </div>
  );
}
