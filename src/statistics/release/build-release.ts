import { fault } from '../../errors.js';
import type { FhirContext } from '../../fhir/fhir-context.js';
import { dateIn } from '../../referral/local-day.js';
import { actorFor, type Person } from '../actor.js';
import type { AuditReport } from '../audit/audit-release.js';
import { type PublishedRelease, rowKey } from '../audit/published-table.js';
import { countCube } from '../count-cube.js';
import { measureRow } from '../measures.js';
import { readReferrals } from '../read-referrals.js';
import { solve } from '../solver/solve.js';
import { type StatisticsMonth, statisticsMonth } from '../statistics-month.js';
import { tablePlan } from '../table-plan.js';
import { cellKey, placesOf, RawCounts, type TablePlan } from '../table-types.js';
import { isThreshold, THRESHOLD } from '../threshold.js';
import { recordStep } from './release-audit.js';
import { figuresOf, type ReleaseDocument, releaseId, type SnapshotDocument, snapshotId } from './release-documents.js';
import { releaseFiles } from './release-files.js';
import { codesOf, releaseRows } from './rows.js';

/** What the pipeline needs of the service. */
export type StatisticsContext = Pick<FhirContext, 'store' | 'definitions' | 'version'>;

export interface BuildRequest {
  /** `YYYY-MM`. */
  readonly month: string;
  /** Of role `statistics`. */
  readonly account: Person;
  readonly threshold?: number;
  readonly now?: Date;
  /** Ends the computing; the build then fails with its reason and nothing is written. */
  readonly signal?: AbortSignal;
}

const DUPLICATE_KEY = 11_000;

/** A closed month. Throws ServiceError 400 for no month, 422 for one that is still open. */
export function closedMonth(code: string, now: Date): StatisticsMonth {
  const month = statisticsMonth(code);
  if (!month) throw fault('operation-parameter', { parameter: 'month', reason: code });
  if (month.closes > now) throw fault('month-open', { month: code, date: dateIn(month.closes) });
  return month;
}

/** Counts of the month as they were frozen; counted and frozen now when it is the first time. */
async function snapshotOf(
  { store, definitions }: StatisticsContext,
  month: StatisticsMonth,
  threshold: number,
  now: Date,
): Promise<SnapshotDocument> {
  const collection = store.support<SnapshotDocument>('statistics');
  const frozen = await collection.findOne({ _id: snapshotId(month.code) });
  if (frozen) return frozen;
  const plan = tablePlan(definitions);
  const counts = countCube(await readReferrals(store, plan, month)).entries();
  const snapshot: SnapshotDocument = {
    _id: snapshotId(month.code),
    kind: 'snapshot',
    month: month.code,
    threshold,
    plan,
    counts,
    takenAt: now,
  };
  try {
    await collection.insertOne(snapshot, { writeConcern: { w: 'majority' } });
    return snapshot;
  } catch (error) {
    if ((error as { code?: unknown }).code !== DUPLICATE_KEY) throw error;
    // Somebody else froze the month at the same moment: theirs counts.
    const theirs = await collection.findOne({ _id: snapshotId(month.code) });
    if (!theirs) throw error;
    return theirs;
  }
}

const partOf = (plan: TablePlan): Record<string, string> =>
  Object.fromEntries(
    plan.measures.flatMap((measure) => {
      const whole = measureRow(measure).partOf;
      return whole === undefined ? [] : [[measure, whole]];
    }),
  );

/** A release as a reader gets it. */
export const asPublished = (
  release: Pick<ReleaseDocument, 'month' | 'version' | 'threshold' | 'plan' | 'figures'>,
): PublishedRelease => ({
  month: release.month,
  version: release.version,
  threshold: release.threshold,
  partOf: partOf(release.plan),
  rows: releaseRows(release.plan, figuresOf(release)),
});

/** Published versions of a month, oldest first. */
export const publishedVersions = (store: StatisticsContext['store'], month: string): Promise<ReleaseDocument[]> =>
  store
    .support<ReleaseDocument>('statistics')
    .find({ kind: 'release', month, state: 'published' }, { sort: { version: 1 } })
    .toArray();

/** Judges a release against the frozen counts and everything published of its month before. */
export async function auditAgainstSnapshot(
  { store }: Pick<StatisticsContext, 'store'>,
  release: Pick<ReleaseDocument, 'month' | 'version' | 'threshold' | 'plan' | 'figures'>,
  signal?: AbortSignal,
): Promise<AuditReport> {
  const snapshot = await store.support<SnapshotDocument>('statistics').findOne({ _id: snapshotId(release.month) });
  if (!snapshot) throw fault('not-found', { type: 'snapshot', id: release.month });
  const raw = new RawCounts(snapshot.counts);
  const truth = new Map(
    placesOf(snapshot.plan).map((place) => [rowKey({ ...codesOf(place), value: null }), raw.at(cellKey(place))]),
  );
  const earlier = (await publishedVersions(store, release.month)).map(asPublished);
  return solve('audit', { truth, release: asPublished(release), earlier }, signal);
}

/**
 * Counts (once, then frozen), protects and audits a closed month. The result is the next version of the month; built again
 * before it is published, it takes the place of the one before and needs a new approval.
 * @returns the stored release: `protected`, or `draft` when the audit refuses it (`report.findings` says why)
 * @throws ServiceError 400 for a wrong month or threshold, 403 for the wrong role, 422 for a month that is open
 */
export async function buildRelease(context: StatisticsContext, request: BuildRequest): Promise<ReleaseDocument> {
  const { store, version: software } = context;
  const { now = new Date(), signal } = request;
  const threshold = request.threshold ?? THRESHOLD.usual;
  if (!isThreshold(threshold))
    throw fault('operation-parameter', { parameter: 'threshold', reason: `${THRESHOLD.least}-${THRESHOLD.most}` });
  const account = await actorFor(store, request.account, 'build');
  const month = closedMonth(request.month, now);
  const snapshot = await snapshotOf(context, month, threshold, now);
  const published = await publishedVersions(store, month.code);
  const version = (published.at(-1)?.version ?? 0) + 1;
  const options = { threshold: snapshot.threshold, earlier: published.map(figuresOf) };
  const figures = await solve('protect', { plan: snapshot.plan, counts: snapshot.counts, options }, signal);
  const made = {
    month: month.code,
    version,
    threshold: snapshot.threshold,
    plan: snapshot.plan,
    figures: [...figures],
  };
  const report = await auditAgainstSnapshot(context, made, signal);
  const facts = { ...made, software, figures: figures.size, hidden: report.hidden };
  const _id = releaseId(month.code, version);
  const before = await store.support<ReleaseDocument>('statistics').findOne({ _id }, { projection: { steps: 1 } });
  const release: ReleaseDocument = {
    _id,
    kind: 'release',
    ...made,
    state: report.ok ? 'protected' : 'draft',
    files: releaseFiles(snapshot.plan, figures, facts),
    report,
    builtBy: account.name,
    builtAt: now,
    steps: [...(before?.steps ?? []), { step: 'build', by: account.name, at: now }],
  };
  await recordStep(store, account, 'build', release);
  try {
    await store
      .support<ReleaseDocument>('statistics')
      .replaceOne({ _id: release._id, state: { $ne: 'published' } }, release, {
        upsert: true,
        writeConcern: { w: 'majority' },
      });
  } catch (error) {
    if ((error as { code?: unknown }).code === DUPLICATE_KEY) throw fault('write-conflict');
    throw error;
  }
  return release;
}
