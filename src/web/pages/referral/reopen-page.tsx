import { randomUUID } from 'node:crypto';
import type { ServiceRequest } from '@medplum/fhirtypes';
import { instantIn } from '../../../config/honduras-time.js';
import { fault } from '../../../errors.js';
import { cameAlone, PARTIES, partiesOf } from '../../../referral/parties.js';
import { mayReopen, reopenedOrder } from '../../../referral/reopened-order.js';
import { Button, LinkButton } from '../../components/button.js';
import { ErrorSummary } from '../../components/error-summary.js';
import { Form } from '../../components/form.js';
import { TextArea } from '../../components/text-area.js';
import type { PageContext } from '../../page-context.js';
import { type Page, type PageAnswer, type PageView, redirect, view as pageView } from '../../page.js';
import { type Problem, problemsOf } from '../../problems.js';
import { REFERRAL } from '../../texts/referral.js';
import { NotNow } from './move-body.js';
import { loadReferralView, type ReferralView } from './referral-view.js';
import { PatientHead } from './sections/patient-head.js';

const PATH = '/referencias/:id/reabrir';
const FIELD = 'motivo';
/** Number of the form in whose name it is written: sent twice it is the same draft. */
const NUMBER = 'numero';

export const reopenHref = ({ order }: Pick<ReferralView, 'order'>): string => `/referencias/${order.id}/reabrir`;

/** May the signed-in person write a new referral in the place of this one? */
export function canReopen(page: Pick<PageContext, 'signedIn'>, { state, sides }: ReferralView): boolean {
  const { role, facility, facilities, practitionerRole } = page.signedIn();
  const actor = { roles: [role], facilities, ...(facility === undefined ? {} : { facility }) };
  // Whoever came by themselves was sent nowhere: a new need is a new referral.
  return !cameAlone(sides) && practitionerRole !== undefined && mayReopen(state, partiesOf(actor, sides));
}

function formPage(page: PageContext, view: ReferralView, problems: readonly Problem[]): PageView {
  const { say, form } = page;
  return pageView(
    REFERRAL.reopen,
    <>
      <ErrorSummary problems={problems} />
      <PatientHead page={page} view={view} />
      <p>{say(REFERRAL.reopenIntro)}</p>
      {view.order.priority === 'stat' && <p>{say(REFERRAL.reopenEmergency)}</p>}
      <Form action={reopenHref(view)}>
        <input type="hidden" name={NUMBER} value={form.get(NUMBER) || `R-${randomUUID()}`} />
        <TextArea
          name={FIELD}
          label={REFERRAL.reopenWhy}
          value={form.get(FIELD)}
          error={problems.find(({ field }) => field === FIELD)?.text}
        />
        <Button label={REFERRAL.reopen} kind="send" />
        <LinkButton label={REFERRAL.backToReferral} href={`/referencias/${view.order.id}`} />
      </Form>
    </>,
    problems.length > 0 ? { status: 422, mistakes: true } : {},
  );
}

/** The referral when this person may reopen it. Throws 403 for who never may. */
async function asked(page: PageContext): Promise<ReferralView | PageAnswer> {
  const loaded = await loadReferralView(page, page.params['id'] ?? '');
  if ('moved' in loaded) return redirect(`/referencias/${loaded.moved}/reabrir`);
  const { view } = loaded;
  if (view.side !== 'origin') throw fault('move-role', { role: page.signedIn().role, operation: 'create' });
  return canReopen(page, view) ? view : pageView(REFERRAL.notNow, <NotNow view={view} />, { status: 422 });
}

async function reopen(page: PageContext, view: ReferralView): Promise<PageAnswer> {
  const { form, say } = page;
  const [reason, placer] = [form.get(FIELD).trim(), form.get(NUMBER)];
  if (!/^R-[\w-]{36}$/.test(placer)) throw fault('operation-parameter', { parameter: NUMBER, reason: 'R-UUID' });
  if (reason === '') return formPage(page, view, [{ field: FIELD, text: say(REFERRAL.reopenMissing) }]);
  const author = `PractitionerRole/${page.signedIn().practitionerRole ?? ''}`;
  const order = reopenedOrder(view.order, { reason, author, placer, written: instantIn(new Date()) });
  const answer = await page.tryFhir<ServiceRequest & { id: string }>('POST', 'ServiceRequest', order);
  if (answer.ok) return redirect(`/referencias/${answer.resource.id}`);
  if (answer.error.status !== 422 && answer.error.status !== 409) throw answer.error;
  return formPage(page, view, problemsOf(answer.error, page.language));
}

const AUDIENCE = [...PARTIES.OC.roles];

/** `GET /referencias/:id/reabrir`: why a referral that has ended is needed again. */
export const reopenForm: Page = {
  method: 'GET',
  path: PATH,
  audience: AUDIENCE,
  async handle(page) {
    const view = await asked(page);
    return 'kind' in view ? view : formPage(page, view, []);
  },
};

/** `POST /referencias/:id/reabrir`: writes the draft that replaces it, and goes there. */
export const reopenReferral: Page = {
  method: 'POST',
  path: PATH,
  audience: AUDIENCE,
  async handle(page) {
    const view = await asked(page);
    return 'kind' in view ? view : reopen(page, view);
  },
};
