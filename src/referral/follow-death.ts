import type { CodeableConcept, Patient, Resource, Task } from '@medplum/fhirtypes';
import { codeSystemUrl, extensionUrl } from '../config/canonical.js';
import { reachOf } from '../access/policy/policy-table.js';
import { fault } from '../errors.js';
import { auditDraft } from '../fhir/audit-draft.js';
import { localTarget } from '../fhir/references.js';
import { resourceOf } from '../fhir/stored-resource.js';
import type { WriteBuilder } from '../fhir/write-builder.js';
import { serviceActing } from './acting.js';
import { deadlinesAt } from './deadlines/deadline-book.js';
import { endWaiting } from './end-waiting.js';
import { FieldValues } from './field-values.js';
import { hasDied } from './has-died.js';
import { type Leg, type Referral, readReferral } from './load-referral.js';
import { endSearch, openSearches, type Search } from './notices/end-searches.js';
import { NOTICE_STATE } from './notices/notice-work.js';
import { addNotice } from './notices/add-notice.js';
import { recordMove } from './record-move.js';
import { standingFacts } from './standing-facts.js';
import { sidesOf } from './work-scalars.js';
import { asksForFacts, decide } from './transition.js';

type Open = Referral & { readonly leg: Leg };

/** Nobody has so many referrals that go on. */
const MOST_OPEN = 200;
const MARK = extensionUrl('death-recorded');
const DIED: CodeableConcept = {
  coding: [{ system: codeSystemUrl('exit-cause'), code: 'died', display: 'Fallecimiento' }],
};

/** Legs of a person's referrals that go on. @param patient id */
const openLegs = (patient: string) => ({
  pt: patient,
  'w.owner': { $exists: true },
  'w.state': { $ne: NOTICE_STATE },
});

async function openReferrals({ context }: WriteBuilder, patient: string): Promise<readonly Open[]> {
  const legs = await context.store.find('Task', openLegs(patient), { limit: MOST_OPEN + 1 });
  if (legs.length > MOST_OPEN) throw fault('too-costly', { advice: `Task > ${MOST_OPEN}` });
  const orders = legs.flatMap((stored) => localTarget(resourceOf<Task>(stored).focus?.reference ?? '')?.id ?? []);
  const found = await context.store.readMany('ServiceRequest', [...new Set(orders)]);
  const referrals = await Promise.all(found.map((stored) => readReferral(context, stored)));
  return referrals.flatMap((referral) => (referral?.leg ? [{ ...referral, leg: referral.leg }] : []));
}

/** Takes a waiting referral off its list, as transition 31 says; false when the table lets it go on. */
async function leavesList(builder: WriteBuilder, referral: Open): Promise<boolean> {
  const { context, now, request } = builder;
  const { state } = referral;
  const facts = asksForFacts(state, 'record-death') ? await standingFacts(context, referral) : [];
  const decision = decide(state, 'record-death', ['SY'], facts);
  if (!decision.ok) return false;
  const deadlines = await deadlinesAt(context.store, now);
  const move = {
    ...{ context, request, builder, now, deadlines, referral },
    ...{ move: 'record-death' as const, edge: decision.edge },
    ...{ acting: serviceActing(), parties: ['SY'] as const, findings: [] },
    values: new FieldValues([{ name: 'reason', valueCodeableConcept: DIED }]),
  };
  recordMove(move, await endWaiting(move, DIED, 'patient-deceased'));
  return true;
}

/** Marks a referral that goes on, so that who answers it knows; false when it is marked already. */
function mark(builder: WriteBuilder, { leg: { stored, task } }: Open): boolean {
  if (task.extension?.some(({ url }) => url === MARK)) return false;
  const at = builder.now.toISOString();
  const extension = [...(task.extension ?? []), { url: MARK, valueDateTime: at }];
  builder.update(stored, { ...task, extension, lastModified: at });
  return true;
}

/** Takes the mark back from what still goes on when the death was recorded by mistake. */
function unmark(builder: WriteBuilder, { leg: { stored, task } }: Open): boolean {
  const kept = (task.extension ?? []).filter(({ url }) => url !== MARK);
  if (kept.length === (task.extension ?? []).length) return false;
  const { extension: _marked, ...rest } = task;
  builder.update(stored, {
    ...rest,
    ...(kept.length > 0 ? { extension: kept } : {}),
    lastModified: builder.now.toISOString(),
  });
  return true;
}

/** One notice for each facility that has a part in a referral or looks for the person, whatever their number. */
async function inform(builder: WriteBuilder, touched: readonly Open[], searches: readonly Search[]): Promise<void> {
  const deadlines = await deadlinesAt(builder.context.store, builder.now);
  const facilities = new Set([
    ...touched.flatMap(({ sides }) => [sides.origin, sides.destination]),
    ...searches.map(({ notice }) => ownerOf(notice.task)),
  ]);
  for (const to of facilities) {
    if (to === undefined) continue;
    const open = touched.filter(({ sides }) => sides.origin === to || sides.destination === to);
    const known = new Set(open.map(({ resource }) => resource.id));
    const ended = searches.filter(({ notice, resource }) => ownerOf(notice.task) === to && !known.has(resource.id));
    const about = [...open, ...ended.map(({ resource }) => ({ resource }))];
    addNotice(builder, { deadlines, kind: 'death-notice', about, to });
  }
}

const ownerOf = ({ owner }: Task): string | undefined => localTarget(owner?.reference ?? '')?.id;

function auditFollowed(builder: WriteBuilder, patient: string, from: number): void {
  const ent = builder.writes.slice(from).map(({ type, doc }) => `${type}/${doc._id}/_history/${doc.vid}`);
  if (ent.length > 0)
    builder.audit(auditDraft(builder.request, { act: 'U', sub: '$record-death', pt: [patient], ent }));
}

/**
 * Who may end what waits by writing a death: the Patient's custodian, either side of the referral, and who acts for all of
 * the country. Anybody else's word marks the referrals and tells both sides, who confirm it with `$record-death`.
 * @param custodian Organization id
 */
function mayEnd(
  { request: { caller } }: WriteBuilder,
  custodian: string | undefined,
  { sides }: Pick<Open, 'sides'>,
): boolean {
  if (reachOf(caller.role, 'workflow', 'update') === 'all') return true;
  const { facility } = caller;
  return facility !== undefined && [custodian, sides.origin, sides.destination].includes(facility);
}

async function followPatient(
  builder: WriteBuilder,
  patient: string,
  { died, custodian }: { died: boolean; custodian: string | undefined },
): Promise<void> {
  const referrals = await openReferrals(builder, patient);
  const from = builder.writes.length;
  const touched: Open[] = [];
  for (const referral of referrals) {
    if (builder.has(`Task/${referral.leg.task.id}`)) continue;
    const ends = died && mayEnd(builder, custodian, referral);
    const changed = died
      ? (ends && (await leavesList(builder, referral))) || mark(builder, referral)
      : unmark(builder, referral);
    if (changed) touched.push(referral);
  }
  if (!died) return auditFollowed(builder, patient, from);
  const searches = (await openSearches(builder, patient)).filter(
    ({ notice }) =>
      !builder.has(`Task/${notice.task.id}`) && mayEnd(builder, custodian, { sides: sidesOf(notice.task) }),
  );
  for (const search of searches) endSearch(builder, search);
  await inform(builder, touched, searches);
  auditFollowed(builder, patient, from);
  // A referral sent meanwhile is not among those looked at: then all of it is decided again.
  builder.absent({
    key: `open-referrals|Patient/${patient}`,
    type: 'Task',
    filter: { ...openLegs(patient), _id: { $nin: referrals.map(({ leg }) => leg.task.id) } },
  });
}

const isPatient = (resource: Resource | undefined): resource is Patient & { id: string } =>
  resource?.resourceType === 'Patient';

/**
 * Follows a write of a Patient whose record says that the person died (hook `beforeCommit`), in the same transaction: what
 * waits leaves its list (transition 31, by the service), when it was written by somebody whose word ends it (`mayEnd`);
 * what is attended or answered, and all else, goes on and is marked, every origin
 * and destination gets one notice; nobody goes on looking for the person. Written again it changes nothing more. When the death is taken back the marks go; what
 * left its list stays so, and is reopened by a new referral with `replaces` (transition 34).
 */
export async function followDeath(builder: WriteBuilder): Promise<void> {
  const patients = builder.writes.filter(({ type, method }) => type === 'Patient' && method === 'update');
  for (const write of patients) {
    const after = builder.resourceOf(write);
    const before = builder.replaced(write);
    if (!isPatient(after)) continue;
    const died = hasDied(after);
    const revived = before !== undefined && !died && before.json !== '' && hasDied(resourceOf<Patient>(before));
    if (died || revived) await followPatient(builder, after.id, { died, custodian: before?.own ?? write.doc.own });
  }
}
