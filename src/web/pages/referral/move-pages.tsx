import type { OperationOutcome, Parameters } from '@medplum/fhirtypes';
import { fault, type ServiceError } from '../../../errors.js';
import { deadlinesAt } from '../../../referral/deadlines/deadline-book.js';
import { moveRow } from '../../../referral/moves.js';
import { partiesOf } from '../../../referral/parties.js';
import { everAllowed } from '../../../referral/transition.js';
import { ChangedMeanwhile } from '../../components/changed-meanwhile.js';
import type { FormFields } from '../../form-fields.js';
import type { PageContext } from '../../page-context.js';
import { type Page, type PageAnswer, type PageView, redirect, view as pageView } from '../../page.js';
import { isChangedMeanwhile, type Problem } from '../../problems.js';
import { parametersOf } from '../../resources/in-bundle.js';
import { COMMON } from '../../texts/common.js';
import { isOfferedMove, MOVE_WORDS, type OfferedMove } from '../../texts/referral-moves.js';
import { REFERRAL } from '../../texts/referral.js';
import type { FormScene } from './forms/move-form.js';
import { readMoveForm, refusalProblems } from './forms/read-move-form.js';
import { initialFields, keptFacts, shownInputs } from './forms/shown-inputs.js';
import { SLOT_QUERY } from './forms/slot-choices.js';
import { MoveBody, NotNow } from './move-body.js';
import { REFERRAL_AUDIENCE } from './referral-page.js';
import { loadReferralView, type ReferralView } from './referral-view.js';
import { warnedQuery } from './sections/move-warnings.js';

const PATH = '/referencias/:id/:move';

/** Refusals that the person can mend in the form. */
const MENDABLE = new Set([400, 422]);

/** The move of the path. Throws 404 for a word that is none. */
function moveAsked({ params, path }: PageContext): OfferedMove {
  const move = params['move'];
  if (!isOfferedMove(move)) throw fault('route-unknown', { path });
  return move;
}

/** Throws 403 when this person never makes this move in this referral, whatever its state. */
function assertParty(page: PageContext, move: OfferedMove, { sides }: ReferralView): void {
  const { role, facility, facilities } = page.signedIn();
  const parties = partiesOf({ roles: [role], facilities, ...(facility === undefined ? {} : { facility }) }, sides);
  if (!everAllowed(move, parties)) throw fault('move-role', { role, operation: `$${move}` });
}

const notNow = (view: ReferralView): PageView => pageView(REFERRAL.notNow, <NotNow view={view} />, { status: 422 });

async function formPage(
  scene: FormScene & { readonly page: PageContext },
  move: OfferedMove,
  given: FormFields | undefined,
  problems: readonly Problem[],
  status: number,
): Promise<PageView> {
  const { page, view } = scene;
  const inputs = await shownInputs(move, scene);
  const body = (
    <MoveBody
      page={page}
      view={view}
      move={move}
      inputs={inputs}
      given={given ?? initialFields(inputs, scene)}
      problems={problems}
    />
  );
  return pageView(MOVE_WORDS[move].button, body, { status, mistakes: problems.length > 0 });
}

/** Somebody was faster: what the person wrote is kept on the page, and one link leads to how it stands now. */
async function changedPage(scene: FormScene, move: OfferedMove, given: FormFields, status: number): Promise<PageView> {
  const kept = keptFacts(await shownInputs(move, scene), given, scene);
  const href = `/referencias/${scene.view.order.id}`;
  return pageView(COMMON.changedTitle, <ChangedMeanwhile href={href} kept={kept} />, { status });
}

async function sceneOf(page: PageContext, view: ReferralView): Promise<FormScene & { readonly page: PageContext }> {
  const now = new Date();
  return { page, view, now, deadlines: await deadlinesAt(page.services.fhir.store, now) };
}

/** `GET /referencias/:id/:move`: the form of a move, with its defaults. */
export const moveForm: Page = {
  method: 'GET',
  path: PATH,
  audience: REFERRAL_AUDIENCE,
  async handle(page) {
    const move = moveAsked(page);
    const loaded = await loadReferralView(page, page.params['id'] ?? '');
    if ('moved' in loaded) return redirect(`/referencias/${loaded.moved}/${move}`);
    const { view } = loaded;
    assertParty(page, move, view);
    if (!view.actions.includes(move)) return notNow(view);
    const slot = page.query.get(SLOT_QUERY);
    const scene = { ...(await sceneOf(page, view)), ...(slot === null ? {} : { slot: `Slot/${slot}` }) };
    return formPage(scene, move, undefined, [], 200);
  },
};

/** What to show for a refusal. Throws what is no matter of this form (401, 403, 404). */
function refused(
  scene: FormScene & { readonly page: PageContext },
  move: OfferedMove,
  error: ServiceError,
  parameters: ReturnType<typeof readMoveForm>['parameters'],
): Promise<PageView> {
  const { form } = scene.page;
  if (isChangedMeanwhile(error)) return changedPage(scene, move, form, error.status);
  if (!MENDABLE.has(error.status) && error.code !== 'slot-taken') throw error;
  return formPage(scene, move, form, refusalProblems(error, move, parameters, scene), error.status);
}

/** Is the referral still as the person saw it? */
const isAsSeen = ({ version, leg }: ReferralView, form: FormFields): boolean =>
  form.get('version') === version && form.get('task') === (leg?.id ?? '');

const outcomeIn = (answer: Parameters): OperationOutcome | undefined =>
  parametersOf(answer, 'outcome')[0]?.resource as OperationOutcome | undefined;

async function make(page: PageContext, move: OfferedMove, view: ReferralView): Promise<PageAnswer> {
  const scene = await sceneOf(page, view);
  assertParty(page, move, view);
  if (!isAsSeen(view, page.form)) return changedPage(scene, move, page.form, 412);
  if (!view.actions.includes(move)) return notNow(view);
  const { parameters, problems } = readMoveForm(move, page.form, scene);
  if (problems.length > 0) return formPage(scene, move, page.form, problems, 422);
  const { on } = moveRow(move);
  const target = on === 'Task' ? `Task/${view.leg?.id ?? ''}` : `ServiceRequest/${view.order.id}`;
  const answer = await page.tryFhir<Parameters>('POST', `${target}/$${move}`, parameters, {
    'if-match': `W/"${view.version}"`,
  });
  return answer.ok
    ? redirect(`/referencias/${view.order.id}?hecho=${move}${warnedQuery(outcomeIn(answer.resource))}`)
    : refused(scene, move, answer.error, parameters);
}

/** `POST /referencias/:id/:move`: makes the move as the person saw the referral, and goes back to it. */
export const makeMove: Page = {
  method: 'POST',
  path: PATH,
  audience: REFERRAL_AUDIENCE,
  async handle(page) {
    const move = moveAsked(page);
    const loaded = await loadReferralView(page, page.params['id'] ?? '');
    if ('moved' in loaded) return redirect(`/referencias/${loaded.moved}`);
    return make(page, move, loaded.view);
  },
};
