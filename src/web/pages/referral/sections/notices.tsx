import type { Task } from '@medplum/fhirtypes';
import type { VNode } from 'preact';
import { reachOf } from '../../../../access/policy/policy-table.js';
import { codeSystemUrl } from '../../../../config/canonical.js';
import { isOpenTask } from '../../../../referral/side-tasks.js';
import { lastOutput } from '../../../../referral/task-io.js';
import { NOTICE_KINDS, type NoticeKind } from '../../../../referral/vocabulary.js';
import { Button, LinkButton } from '../../../components/button.js';
import { ClockTag } from '../../../components/clock-tag.js';
import { Form } from '../../../components/form.js';
import { TextArea } from '../../../components/text-area.js';
import { timeText } from '../../../dates.js';
import type { PageContext } from '../../../page-context.js';
import { codingText } from '../../../resources/coded-text.js';
import { NOTICES } from '../../../texts/notices.js';
import { REFERRAL } from '../../../texts/referral.js';
import type { ReferralView } from '../referral-view.js';

/** Field of the form that says what came of a notice. */
export const FOUND_FIELD = 'hallado';

interface Scene {
  readonly page: PageContext;
  readonly view: ReferralView;
}

const seesTo = (page: PageContext, { owner }: Task): boolean =>
  owner?.reference === `Organization/${page.signedIn().facility ?? ''}` &&
  reachOf(page.signedIn().role, 'workflow', '$complete-notice') !== undefined;

/** What came of a notice, when somebody has said so. */
function Ended({ page, task }: { readonly page: PageContext; readonly task: Task }): VNode {
  const { say, language } = page;
  const found = task.note?.at(-1)?.text ?? task.statusReason?.text;
  const when = timeText(task.executionPeriod?.end ?? task.lastModified ?? '', language);
  return <em>{found === undefined ? say(NOTICES.ended) : say(NOTICES.seenTo, { when, found })}</em>;
}

function NoticeItem({ page, view, kind, task }: Scene & { kind: NoticeKind; task: Task & { id: string } }): VNode {
  const { say, language } = page;
  const name = codingText(page, { system: codeSystemUrl('task-code'), code: kind });
  const open = isOpenTask(task);
  const field = `${FOUND_FIELD}-${task.id}`;
  return (
    <li>
      <p>
        <strong>{name}</strong>{' '}
        {say(REFERRAL.noticeFor, {
          who: view.facilityName(task.owner?.reference?.replace(/^Organization\//, '')),
          when: timeText(task.authoredOn ?? '', language),
        })}{' '}
        {open ? <ClockTag due={new Date(task.restriction?.period?.end ?? '')} /> : <Ended page={page} task={task} />}
      </p>
      {open && <p>{say(NOTICES[kind])}</p>}
      {open && kind === 'onward-draft' && (
        <LinkButton
          label={REFERRAL.toOnward}
          href={`/referencias/${task.focus?.reference?.replace(/^ServiceRequest\//, '') ?? ''}`}
        />
      )}
      {open && kind !== 'onward-draft' && seesTo(page, task) && (
        <Form action={`/referencias/${view.order.id}/avisos/${task.id}`}>
          <input type="hidden" name="campo" value={field} />
          <TextArea name={field} label={NOTICES.found} hint={NOTICES.foundHint} />
          <Button label={NOTICES.done} kind="plain" />
        </Form>
      )}
    </li>
  );
}

/** What a facility was told beside the moves, and what came of it: its own facility says so here. */
export function Notices({ page, view }: Scene): VNode | null {
  const { say } = page;
  const notices = NOTICE_KINDS.flatMap((kind) => view.sideTasks(kind).map((task) => ({ kind, task })));
  const onward = view.leg && lastOutput(view.leg, 'onward-referral');
  if (notices.length === 0 && onward === undefined) return null;
  return (
    <>
      <h2 id="avisos">{say(REFERRAL.notices)}</h2>
      <ul class="rr-points">
        {notices.map((notice) => (
          <NoticeItem page={page} view={view} {...notice} />
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
