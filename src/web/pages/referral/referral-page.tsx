import type { Parameters } from '@medplum/fhirtypes';
import type { VNode } from 'preact';
import { reachOf } from '../../../access/policy/policy-table.js';
import { ROLES } from '../../../access/caller.js';
import { deadlinesAt } from '../../../referral/deadlines/deadline-book.js';
import type { Deadlines } from '../../../referral/deadlines/deadlines.js';
import { draftEnd } from '../../../referral/drafts/draft-end.js';
import { COMPLETE_OPERATION } from '../../../referral/emergency/complete-operation.js';
import { QUEUE_OPERATION } from '../../../referral/queue.js';
import type { Words } from '../../../words.js';
import { LinkButton } from '../../components/button.js';
import { Notice } from '../../components/notice.js';
import { timeText } from '../../dates.js';
import { useSay } from '../../language.js';
import type { PageContext } from '../../page-context.js';
import { type Audience, type Page, redirect, view as pageView } from '../../page.js';
import { EMERGENCY } from '../../texts/emergency.js';
import { QUEUE } from '../../texts/queue.js';
import { isOfferedMove, MOVE_WORDS } from '../../texts/referral-moves.js';
import { MESSAGES } from '../../texts/messages.js';
import { DRAFTS, NOTICES } from '../../texts/notices.js';
import { REFERRAL } from '../../texts/referral.js';
import { loadReferralView, type ReferralView } from './referral-view.js';
import { canReopen, reopenHref } from './reopen-page.js';
import { Answer, FollowUp, patientMessage } from './sections/answer.js';
import { AppointmentSection } from './sections/appointment.js';
import { AfterTheFact, CompleteForm, HandoverGaps } from './sections/emergency.js';
import { Information, Rejection } from './sections/information.js';
import { Life } from './sections/life.js';
import { Messages } from './sections/messages.js';
import { MoveWarnings } from './sections/move-warnings.js';
import { Notices } from './sections/notices.js';
import { OrderFacts, Question } from './sections/order-facts.js';
import { PatientHead } from './sections/patient-head.js';
import { loadPrevention, Prevention } from './sections/prevention.js';
import { loadReceipts, Receipts } from './sections/receipts.js';
import { StateBox } from './sections/state-box.js';
import { TellPatient } from './sections/tell-patient.js';

/** People who may read a whole referral of their facility; patients have pages of their own. */
export const REFERRAL_AUDIENCE: Audience = ROLES.filter(
  (role) => role !== 'system' && reachOf(role, 'workflow', '$referral') === 'facility',
);

const numbered = ({ es, en }: Words, number: string): Words => ({
  es: es.replace('{number}', number),
  en: en.replace('{number}', number),
});

/** Title of everything about one referral. */
export const referralTitle = ({ state, number }: ReferralView): Words =>
  state === 'draft' ? REFERRAL.draftTitle : numbered(REFERRAL.title, number);

/** What is done beside the moves of a referral's page. */
const OTHERS_DONE: Readonly<Record<string, Words>> = {
  [QUEUE_OPERATION.name]: QUEUE.done,
  [COMPLETE_OPERATION.name]: EMERGENCY.completeDone,
  'receive-emergency': EMERGENCY.done,
};

/** One line that says what has just been done; after an answer, what the patient will read. */
function Done({ page, view }: { readonly page: PageContext; readonly view: ReferralView }): VNode | null {
  const move = page.query.get('hecho') ?? undefined;
  const other = move !== undefined && Object.hasOwn(OTHERS_DONE, move) ? OTHERS_DONE[move] : undefined;
  if (other)
    return (
      <Notice kind="good">
        <p>{page.say(other)}</p>
      </Notice>
    );
  if (!isOfferedMove(move)) return null;
  const message = move === 'respond' ? patientMessage(view) : [];
  return (
    <Notice kind="good">
      <p>{page.say(MOVE_WORDS[move].done)}</p>
      {message.length > 0 && (
        <>
          <p>{page.say(REFERRAL.patientReads)}</p>
          <blockquote class="rr-quote">
            {message.map((line) => (
              <p>{line}</p>
            ))}
          </blockquote>
        </>
      )}
    </Notice>
  );
}

/** One line that says what became of a message, a notice or a point of the plan. */
function DoneMessage({ page }: { readonly page: PageContext }): VNode | null {
  const done = page.query.get('mensaje');
  if (page.query.get('aviso') === 'atendido')
    return (
      <Notice kind="good">
        <p>{page.say(NOTICES.noted)}</p>
      </Notice>
    );
  if (page.query.get('punto') === 'anotado')
    return (
      <Notice kind="good">
        <p>{page.say(REFERRAL.ticked)}</p>
      </Notice>
    );
  if (done !== 'enviado' && done !== 'leidos') return null;
  return (
    <Notice kind="good">
      <p>{page.say(done === 'enviado' ? MESSAGES.sent : MESSAGES.marked)}</p>
    </Notice>
  );
}

/** A draft says that nobody has it yet, and until when it lasts. */
function DraftEnd({
  page,
  view,
  deadlines,
}: {
  page: PageContext;
  view: ReferralView;
  deadlines: Deadlines;
}): VNode | null {
  const end = view.state === 'draft' ? draftEnd(view.order, deadlines) : undefined;
  if (!end) return null;
  return (
    <Notice kind="warn">
      <p>{page.say(DRAFTS.willEnd, { when: timeText(end.toISOString(), page.language) })}</p>
    </Notice>
  );
}

function Links({ page, view }: { readonly page: PageContext; readonly view: ReferralView }): VNode {
  const record = reachOf(page.signedIn().role, 'person', 'read') !== undefined && view.patient;
  return (
    <p class="rr-links">
      {record && <LinkButton label={REFERRAL.toRecord} href={`/pacientes/${record.id}`} />}
      {canReopen(page, view) && <LinkButton label={REFERRAL.reopen} href={reopenHref(view)} />}
      <LinkButton label={REFERRAL.toSheet} href={`/referencias/${view.order.id}/hoja`} />
      <LinkButton label={REFERRAL.toInbox} href="/bandeja" />
    </p>
  );
}

interface BodyProps {
  readonly page: PageContext;
  readonly view: ReferralView;
  readonly receipts: Parameters | undefined;
  readonly prevention: Parameters | undefined;
  /** Terms in force. */
  readonly deadlines: Deadlines;
}

/** One referral, whole: who, where it stands and what to do, what came back, what was asked and written, its life. */
function ReferralBody({ page, view, receipts, prevention, deadlines }: BodyProps): VNode {
  const say = useSay();
  const both = { page, view };
  return (
    <>
      <Done {...both} />
      <MoveWarnings page={page} />
      <DoneMessage page={page} />
      <DraftEnd {...both} deadlines={deadlines} />
      <PatientHead {...both} />
      <Prevention page={page} prevention={prevention} />
      <AfterTheFact {...both} />
      <HandoverGaps {...both} />
      <StateBox {...both} />
      <CompleteForm {...both} />
      <Rejection {...both} />
      <Answer {...both} />
      <FollowUp {...both} />
      <Notices {...both} />
      <AppointmentSection {...both} />
      <TellPatient {...both} />
      <Information {...both} />
      <Messages {...both} />
      <Question {...both} />
      <h2>{say(REFERRAL.whatCame)}</h2>
      <OrderFacts {...both} />
      <Receipts {...both} receipts={receipts} />
      <Life {...both} />
      <Links {...both} />
    </>
  );
}

/** `/referencias/:id`: the page of one referral, for clinic and hospital alike. */
export const referralPage: Page = {
  method: 'GET',
  path: '/referencias/:id',
  audience: REFERRAL_AUDIENCE,
  async handle(page) {
    const loaded = await loadReferralView(page, page.params['id'] ?? '');
    if ('moved' in loaded) return redirect(`/referencias/${loaded.moved}`);
    const { view } = loaded;
    const [receipts, prevention, deadlines] = await Promise.all([
      loadReceipts(page, view),
      loadPrevention(page, view),
      deadlinesAt(page.services.fhir.store, new Date()),
    ]);
    const body = <ReferralBody {...{ page, view, receipts, prevention, deadlines }} />;
    return pageView(referralTitle(view), body);
  },
};
