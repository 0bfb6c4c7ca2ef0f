import type { Parameters } from '@medplum/fhirtypes';
import { fault } from '../../../errors.js';
import { ALL_QUEUE_MOVES, isQueueMove, QUEUE_MOVES, QUEUE_OPERATION } from '../../../referral/queue.js';
import { SCHEDULER } from '../../../referral/slots/as-scheduler.js';
import { PARTIES } from '../../../referral/parties.js';
import { Button, LinkButton } from '../../components/button.js';
import { ChangedMeanwhile } from '../../components/changed-meanwhile.js';
import { Choices } from '../../components/choices.js';
import { ErrorSummary } from '../../components/error-summary.js';
import { Form } from '../../components/form.js';
import { TextArea } from '../../components/text-area.js';
import type { PageContext } from '../../page-context.js';
import { type Page, type PageAnswer, type PageView, redirect, view as pageView } from '../../page.js';
import { isChangedMeanwhile, type Problem, problemsOf } from '../../problems.js';
import { COMMON } from '../../texts/common.js';
import { QUEUE } from '../../texts/queue.js';
import { REFERRAL } from '../../texts/referral.js';
import { NotNow } from './move-body.js';
import { mayMoveInQueue, queueHref } from './queue-right.js';
import { loadReferralView, type ReferralView } from './referral-view.js';
import { PatientHead } from './sections/patient-head.js';
import { SeenFields } from './sections/state-box.js';

const PATH = '/referencias/:id/fila';
const AUDIENCE = SCHEDULER.flatMap((party) => [...PARTIES[party].roles]);

function formPage(page: PageContext, view: ReferralView, problems: readonly Problem[]): PageView {
  const { say, form } = page;
  const error = (field: string): string | undefined => problems.find((problem) => problem.field === field)?.text;
  return pageView(
    QUEUE.title,
    <>
      <ErrorSummary problems={problems} />
      <PatientHead page={page} view={view} />
      <p>{say(QUEUE.intro)}</p>
      <Form action={queueHref(view)}>
        <SeenFields view={view} />
        <Choices
          name="direction"
          label={QUEUE.direction}
          error={error('direction')}
          chosen={form.all('direction')}
          choices={ALL_QUEUE_MOVES.map((value) => ({ value, text: say(QUEUE_MOVES[value]) }))}
        />
        <TextArea
          name="reason"
          label={QUEUE.reason}
          hint={QUEUE.reasonHint}
          error={error('reason')}
          value={form.get('reason')}
          rows={3}
        />
        <Button label={QUEUE.send} kind="send" />
        <LinkButton label={REFERRAL.backTo} href={`/referencias/${view.order.id}`} />
      </Form>
    </>,
    problems.length > 0 ? { status: 422, mistakes: true } : {},
  );
}

const changedPage = (view: ReferralView, page: PageContext): PageView =>
  pageView(
    COMMON.changedTitle,
    <ChangedMeanwhile
      href={`/referencias/${view.order.id}`}
      kept={[{ name: page.say(QUEUE.reason), value: page.form.get('reason') }]}
    />,
    { status: 412 },
  );

async function make(page: PageContext, view: ReferralView): Promise<PageAnswer> {
  const { form, say } = page;
  if (form.get('version') !== view.version || form.get('task') !== (view.leg?.id ?? '')) return changedPage(view, page);
  const [direction, reason] = [form.get('direction'), form.get('reason')];
  const problems = [
    ...(isQueueMove(direction) ? [] : [{ field: 'direction', text: say(QUEUE.chooseDirection) }]),
    ...(reason === '' ? [{ field: 'reason', text: say(QUEUE.noReason) }] : []),
  ];
  if (problems.length > 0) return formPage(page, view, problems);
  const body: Parameters = {
    resourceType: 'Parameters',
    parameter: [
      { name: 'direction', valueCode: direction },
      { name: 'reason', valueString: reason },
    ],
  };
  const target = `Task/${view.leg?.id ?? ''}/$${QUEUE_OPERATION.name}`;
  const answer = await page.tryFhir('POST', target, body, { 'if-match': `W/"${view.version}"` });
  if (answer.ok) return redirect(`/referencias/${view.order.id}?hecho=${QUEUE_OPERATION.name}`);
  if (isChangedMeanwhile(answer.error)) return changedPage(view, page);
  if (answer.error.status !== 422) throw answer.error;
  return formPage(page, view, problemsOf(answer.error, page.language, { direction: 'direction', reason: 'reason' }));
}

/** The referral when this person may move it now. Throws 403 for who never may. */
async function asked(page: PageContext): Promise<ReferralView | PageAnswer> {
  const loaded = await loadReferralView(page, page.params['id'] ?? '');
  if ('moved' in loaded) return redirect(`/referencias/${loaded.moved}`);
  const { view } = loaded;
  if (view.side !== 'destination') {
    const { role } = page.signedIn();
    throw fault('move-role', { role, operation: `$${QUEUE_OPERATION.name}` });
  }
  return mayMoveInQueue(page, view) ? view : pageView(REFERRAL.notNow, <NotNow view={view} />, { status: 422 });
}

/** `GET /referencias/:id/fila`: the form to move a referral by hand in the waiting list. */
export const queueForm: Page = {
  method: 'GET',
  path: PATH,
  audience: AUDIENCE,
  async handle(page) {
    const view = await asked(page);
    return 'kind' in view ? view : formPage(page, view, []);
  },
};

/** `POST /referencias/:id/fila`: moves it, and goes back to the referral. */
export const moveInQueue: Page = {
  method: 'POST',
  path: PATH,
  audience: AUDIENCE,
  async handle(page) {
    const view = await asked(page);
    return 'kind' in view ? view : make(page, view);
  },
};
