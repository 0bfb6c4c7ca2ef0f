import type { Parameters } from '@medplum/fhirtypes';
import { fault } from '../../../errors.js';
import { COMPLETE_OPERATION } from '../../../referral/emergency/complete-operation.js';
import { ChangedMeanwhile } from '../../components/changed-meanwhile.js';
import { ErrorSummary } from '../../components/error-summary.js';
import type { PageContext } from '../../page-context.js';
import { type Page, type PageAnswer, redirect, view as pageView } from '../../page.js';
import { isChangedMeanwhile, type Problem, problemsOf } from '../../problems.js';
import { COMMON } from '../../texts/common.js';
import { EMERGENCY } from '../../texts/emergency.js';
import { REFERRAL_AUDIENCE } from './referral-page.js';
import { loadReferralView, type ReferralView } from './referral-view.js';
import { COMPLETE_FIELDS, CompleteForm, mayComplete } from './sections/emergency.js';
import { PatientHead } from './sections/patient-head.js';

const INPUTS = Object.keys(COMPLETE_FIELDS) as readonly (keyof typeof COMPLETE_FIELDS)[];

const again = (page: PageContext, view: ReferralView, problems: readonly Problem[]): PageAnswer =>
  pageView(
    EMERGENCY.completeTitle,
    <>
      <ErrorSummary problems={problems} />
      <PatientHead page={page} view={view} />
      <CompleteForm page={page} view={view} problems={problems} />
    </>,
    { status: 422, mistakes: true },
  );

/** What the person wrote, so that it can be written again. */
const changed = (page: PageContext, view: ReferralView): PageAnswer =>
  pageView(
    COMMON.changedTitle,
    <ChangedMeanwhile
      href={`/referencias/${view.order.id}`}
      kept={INPUTS.map((name) => ({ name: page.say(COMPLETE_FIELDS[name].label), value: page.form.get(name) }))}
    />,
    { status: 412 },
  );

async function complete(page: PageContext, view: ReferralView): Promise<PageAnswer> {
  const { form, say } = page;
  if (form.get('version') !== view.version || form.get('task') !== (view.leg?.id ?? '')) return changed(page, view);
  const problems = INPUTS.filter((name) => COMPLETE_FIELDS[name].needed && form.get(name) === '').map((name) => ({
    field: name,
    text: say(EMERGENCY.missing, { label: say(COMPLETE_FIELDS[name].label) }),
  }));
  if (problems.length > 0) return again(page, view, problems);
  const body: Parameters = {
    resourceType: 'Parameters',
    parameter: INPUTS.filter((name) => form.get(name) !== '').map((name) => ({
      name: COMPLETE_FIELDS[name].field,
      valueString: form.get(name),
    })),
  };
  const target = `ServiceRequest/${view.order.id}/$${COMPLETE_OPERATION.name}`;
  const answer = await page.tryFhir('POST', target, body, { 'if-match': `W/"${view.version}"` });
  if (answer.ok) return redirect(`/referencias/${view.order.id}?hecho=${COMPLETE_OPERATION.name}`);
  if (isChangedMeanwhile(answer.error)) return changed(page, view);
  if (answer.error.status !== 422) throw answer.error;
  return again(page, view, problemsOf(answer.error, page.language));
}

/** `POST /referencias/:id/completar`: the origin adds its clinical part; throws 403 for who may not. */
export const completePage: Page = {
  method: 'POST',
  path: '/referencias/:id/completar',
  audience: REFERRAL_AUDIENCE,
  async handle(page) {
    const loaded = await loadReferralView(page, page.params['id'] ?? '');
    if ('moved' in loaded) return redirect(`/referencias/${loaded.moved}`);
    if (!mayComplete(page, loaded.view))
      throw fault('move-role', { role: page.signedIn().role, operation: `$${COMPLETE_OPERATION.name}` });
    return complete(page, loaded.view);
  },
};
