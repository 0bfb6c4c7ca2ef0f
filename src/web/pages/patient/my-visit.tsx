import type { Parameters, Slot } from '@medplum/fhirtypes';
import { codeSystemUrl } from '../../../config/canonical.js';
import type { FormFields } from '../../form-fields.js';
import type { PageContext } from '../../page-context.js';
import { type Page, type PageAnswer, type PageView, redirect, view } from '../../page.js';
import { isChangedMeanwhile, type Problem, problemsOf } from '../../problems.js';
import { VISIT, VISIT_REASONS } from '../../texts/patient-visit.js';
import { offeredSlots, type OwnVisit, ownVisit } from './offered-slots.js';
import { ownReferral } from './own-referrals.js';
import type { TrackedReferral } from './tracked-referral.js';
import { type Chosen, VISIT_PATHS, VisitForm, type VisitMove, VisitSure } from './visit-form.js';

/** All that a page about the own appointment shows. */
interface Scene {
  readonly move: VisitMove;
  readonly referral: TrackedReferral;
  readonly own: OwnVisit;
  readonly slots: readonly Slot[];
}

const TITLES = { reschedule: VISIT.change, 'cancel-appointment': VISIT.cancel } as const;
/** What the page of the referral says when it is done. */
export const DONE_WORDS = { cambiada: VISIT.changed, cancelada: VISIT.cancelled } as const;
const DONE: Readonly<Record<VisitMove, keyof typeof DONE_WORDS>> = {
  reschedule: 'cambiada',
  'cancel-appointment': 'cancelada',
};

/** Undefined when the patient may not do this now. @throws ServiceError 404 for what is not the person's */
async function sceneOf(page: PageContext, move: VisitMove): Promise<Scene | undefined> {
  const id = page.params['id'] ?? '';
  const [referral, own] = await Promise.all([ownReferral(page, id), ownVisit(page, id)]);
  if (!own.moves.has(move)) return undefined;
  return { move, referral, own, slots: move === 'reschedule' ? await offeredSlots(page, id, own) : [] };
}

const chosenIn = (form: FormFields): Chosen => ({
  version: form.get('version').slice(0, 20),
  reason: form.get('motivo'),
  slot: form.get('cupo').slice(0, 64),
});

const formView = ({ own, ...scene }: Scene, chosen: Partial<Chosen>, problems: readonly Problem[] = []): PageView =>
  view(
    TITLES[scene.move],
    <VisitForm {...scene} chosen={{ version: own.version, reason: '', slot: '', ...chosen }} problems={problems} />,
    problems.length > 0 ? { status: 422, mistakes: true } : {},
  );

/** What is missing of the choice. */
function missing({ say }: PageContext, move: VisitMove, { reason, slot }: Chosen): readonly Problem[] {
  return [
    ...(move === 'reschedule' && slot === '' ? [{ text: say(VISIT.dateMissing), field: 'cupo' }] : []),
    ...(Object.hasOwn(VISIT_REASONS, reason) ? [] : [{ text: say(VISIT.reasonMissing), field: 'motivo' }]),
  ];
}

/** Makes the move. @throws ServiceError when somebody changed the referral meanwhile */
async function makeMove(page: PageContext, scene: Scene, chosen: Chosen): Promise<PageAnswer> {
  const { move, own, referral } = scene;
  const body: Parameters = {
    resourceType: 'Parameters',
    parameter: [
      { name: 'reason', valueCoding: { system: codeSystemUrl('cancel-reason'), code: chosen.reason } },
      ...(move === 'reschedule' ? [{ name: 'slot', valueReference: { reference: `Slot/${chosen.slot}` } }] : []),
    ],
  };
  const path = `Task/${own.leg}/$${move}`;
  const answer = await page.tryFhir('POST', path, body, { 'if-match': `W/"${chosen.version}"` });
  if (answer.ok) return redirect(`/mi/referencias/${referral.id}?hecho=${DONE[move]}`);
  if (isChangedMeanwhile(answer.error)) throw answer.error;
  const problems =
    answer.error.code === 'slot-taken'
      ? [{ text: page.say(VISIT.taken), field: 'cupo' }]
      : problemsOf(answer.error, page.language, { slot: 'cupo', reason: 'motivo' });
  return formView(scene, { ...chosen, slot: '' }, problems);
}

const formPage = (move: VisitMove): Page => ({
  method: 'GET',
  path: `/mi/referencias/:id/${VISIT_PATHS[move]}`,
  audience: ['patient'],
  async handle(page) {
    const scene = await sceneOf(page, move);
    return scene ? formView(scene, {}) : redirect(`/mi/referencias/${page.params['id'] ?? ''}`);
  },
});

const postPage = (move: VisitMove): Page => ({
  method: 'POST',
  path: `/mi/referencias/:id/${VISIT_PATHS[move]}`,
  audience: ['patient'],
  async handle(page) {
    const scene = await sceneOf(page, move);
    if (!scene) return redirect(`/mi/referencias/${page.params['id'] ?? ''}`);
    const chosen = chosenIn(page.form);
    const problems = missing(page, move, chosen);
    if (problems.length > 0) return formView(scene, chosen, problems);
    if (page.form.get('seguro') === 'si') return makeMove(page, scene, chosen);
    const gone = move === 'reschedule' && !scene.slots.some(({ id }) => id === chosen.slot);
    if (gone) return formView(scene, { ...chosen, slot: '' }, [{ text: page.say(VISIT.taken), field: 'cupo' }]);
    const { own: _own, ...shown } = scene;
    return view(move === 'reschedule' ? VISIT.sureChange : VISIT.sureCancel, <VisitSure {...shown} chosen={chosen} />);
  },
});

/** The patient changes or cancels the own appointment (transitions 15 and 16): choose, confirm, done. */
export const visitPages: readonly Page[] = (['reschedule', 'cancel-appointment'] as const).flatMap((move) => [
  formPage(move),
  postPage(move),
]);
