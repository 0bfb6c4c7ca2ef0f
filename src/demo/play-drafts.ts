import type { ServiceRequest } from '@medplum/fhirtypes';
import { extensionUrl, SID } from '../config/canonical.js';
import { type Edge, EDGES } from '../referral/edges.js';
import { STATES } from '../referral/states.js';
import type { AdvancedCase } from './advance-case.js';
import { caseBundle, placerNumber } from './case-bundle.js';
import type { DemoCase } from './demo-data.js';
import { Differs, whyText } from './differs.js';
import { availableDraft } from './referral-view.js';
import { maker } from './plan-case.js';
import { numberOf } from './sent-case.js';
import type { Registered, Stage } from './stage.js';

/** Drafts, and the referrals that replace one that ended: transitions that begin with a plain create. */
const CREATES = EDGES.filter(({ move }) => move === 'create');
const VOIDED = EDGES.find(({ from, move }) => from === 'draft' && move === 'void');

/** How many steps `playDrafts` makes. */
export const DRAFT_STEPS = CREATES.length + (VOIDED ? 1 : 0);

/** The order of a case as a draft, with a number of its own. */
async function draftOf(stage: Stage, each: DemoCase, person: Registered, key: string): Promise<ServiceRequest> {
  const [origin, destination, author] = await Promise.all([
    stage.directory.facility(each.from),
    stage.directory.facility(each.to),
    stage.directory.post('clinician', each.from),
  ]);
  const patient = { reference: `Patient/${person.id}` };
  const scene = { first: false, origin, destination, author, patient, person: person.person, now: Date.now() };
  const bundle = caseBundle({ ...each, key, tests: {}, vitals: {} }, scene);
  const order = (bundle.entry ?? [])
    .map(({ resource }) => resource)
    .find((one) => one?.resourceType === 'ServiceRequest');
  if (order?.resourceType !== 'ServiceRequest') throw new RangeError('a case has an order');
  const { reasonReference: _links, supportingInfo: _more, encounter: _visit, ...rest } = order;
  return { ...rest, status: 'draft' };
}

async function save(stage: Stage, each: DemoCase, key: string, draft: ServiceRequest) {
  const condition = new URLSearchParams({ identifier: `${SID.placer}|${placerNumber({ from: each.from, key })}` });
  return stage.system(each.from).createOnce(draft, condition.toString());
}

async function told(stage: Stage, edge: Edge, what: string, work: () => Promise<boolean>): Promise<void> {
  try {
    const done = await work();
    stage.report.step(done ? 'done' : 'already', `${what} → ${STATES[edge.to].es}`, edge);
  } catch (error) {
    stage.report.step('different', `${what}: ${whyText(error)}`);
  }
}

/** A draft that is thrown away as an error. */
async function playVoidedDraft(stage: Stage, each: DemoCase, person: Registered): Promise<void> {
  const created = CREATES.find(({ newReferral }) => !newReferral);
  if (!created || !VOIDED) return;
  const author = await stage.directory.post(maker(created).role, each.from);
  const system = stage.system(each.from);
  const what = `${person.name} · ${author.display}`;
  await told(stage, created, `${what} · escribir un borrador`, async () => {
    const draft = await draftOf(stage, each, person, 'B01');
    return (await save(stage, each, 'B01', draft)).status === 201;
  });
  await told(stage, VOIDED, `${what} · marcar el borrador como error`, async () => {
    const draft = await draftOf(stage, each, person, 'B01');
    const { body } = await save(stage, each, 'B01', draft);
    if (body.status === 'entered-in-error') return false;
    const { version } = await availableDraft(system, body.id, author);
    const parameter = [
      { name: 'actor', valueReference: { reference: author.reference } },
      { name: 'reason', valueString: 'Se abrió dos veces.' },
    ];
    await system.operation('void', `ServiceRequest/${body.id}`, {
      input: { resourceType: 'Parameters', parameter },
      ifMatch: version,
    });
    return true;
  });
}

/** Draft of a new referral that says which ended one it replaces, and why. */
async function playReopening(stage: Stage, edge: Edge, ended: AdvancedCase | undefined): Promise<void> {
  const name = `reabrir una referencia «${edge.from === undefined ? '' : STATES[edge.from].es}»`;
  const author = ended && (await stage.directory.post(maker(edge).role, ended.each.from));
  const what = `${ended ? numberOf(ended) : '?'} · ${ended?.person.name ?? ''} · ${author?.display ?? ''} · ${name}`;
  await told(stage, edge, what, async () => {
    if (!ended) throw new Differs('ninguna terminó así');
    const key = `N-${ended.each.key}`;
    const draft = await draftOf(stage, ended.each, ended.person, key);
    const reason = { url: 'reason', valueString: 'Volvió la molestia.' };
    const saved = await save(stage, ended.each, key, {
      ...draft,
      replaces: [{ reference: `ServiceRequest/${ended.order.id}` }],
      extension: [...(draft.extension ?? []), { url: extensionUrl('reopening'), extension: [reason] }],
    });
    return saved.status === 201;
  });
}

/** Plays the transitions that begin with a plain create: a draft, its end, and new referrals that replace ended ones. */
export async function playDrafts(
  stage: Stage,
  each: DemoCase,
  person: Registered,
  advanced: readonly AdvancedCase[],
): Promise<void> {
  await playVoidedDraft(stage, each, person);
  for (const edge of CREATES.filter(({ newReferral }) => newReferral))
    await playReopening(
      stage,
      edge,
      advanced.find((one) => one.asScripted && one.each.ends === edge.from && one.each.from === person.person.at),
    );
}
