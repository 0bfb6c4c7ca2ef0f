import { fault } from '../../errors.js';
import { actorFor, type Person } from '../actor.js';
import { auditAgainstSnapshot, type StatisticsContext } from './build-release.js';
import { recordStep } from './release-audit.js';
import { type ReleaseDocument, type ReleaseState, stampOf, type StepEntry } from './release-documents.js';

export interface StepRequest {
  readonly account: Person;
  readonly now?: Date;
  /** `stampOf` the release that the person looked at. */
  readonly seen?: string;
}

export interface PublishRequest extends StepRequest {
  /** `YYYY-MM`; every month when absent. */
  readonly month?: string;
  /** Ends the last audit; what is not public by then stays so. */
  readonly signal?: AbortSignal;
}

/**
 * The newest version of a month, in whatever state.
 * @throws ServiceError 404 when nothing was built
 */
export async function newestRelease(
  { store }: Pick<StatisticsContext, 'store'>,
  month: string,
): Promise<ReleaseDocument> {
  const [newest] = await store
    .support<ReleaseDocument>('statistics')
    .find({ kind: 'release', month }, { sort: { version: -1 }, limit: 1 })
    .toArray();
  if (!newest) throw fault('not-found', { type: 'release', id: month });
  return newest;
}

/** @throws ServiceError 412 when the release is not what the person looked at */
export function assertSeen(release: ReleaseDocument | undefined, month: string, seen: string | undefined): void {
  const current = stampOf(release);
  if (seen !== undefined && seen !== current) throw fault('version-conflict', { type: 'release', id: month, current });
}

/** Moves a release on, if it still is what was looked at. */
async function step(
  { store }: Pick<StatisticsContext, 'store'>,
  release: ReleaseDocument,
  change: Partial<ReleaseDocument> & { readonly state: ReleaseState },
  entry: StepEntry,
): Promise<ReleaseDocument> {
  const moved = await store
    .support<ReleaseDocument>('statistics')
    .findOneAndUpdate(
      { _id: release._id, state: release.state, builtAt: release.builtAt },
      { $set: change, $push: { steps: entry } },
      { returnDocument: 'after', writeConcern: { w: 'majority' } },
    );
  if (!moved) throw fault('write-conflict');
  return moved;
}

/**
 * A second person approves the newest version of a month.
 * @throws ServiceError 403 for the wrong role, 404 when nothing was built, 409 when it is not waiting for approval,
 *   412 when it is not what the person saw, 422 when the approver built it
 */
export async function approveRelease(
  context: Pick<StatisticsContext, 'store'>,
  month: string,
  { account: person, now = new Date(), seen }: StepRequest,
): Promise<ReleaseDocument> {
  const account = await actorFor(context.store, person, 'approve');
  const release = await newestRelease(context, month);
  assertSeen(release, month, seen);
  if (release.builtBy === account.name) throw fault('second-person', { release: `${month}/v${release.version}` });
  if (release.state !== 'protected')
    throw fault('release-state', { release: `${month}/v${release.version}`, state: release.state });
  await recordStep(context.store, account, 'approve', { ...release, state: 'approved' });
  const change = { state: 'approved', approvedBy: account.name, approvedAt: now } as const;
  return step(context, release, change, { step: 'approve', by: account.name, at: now });
}

/**
 * Publishes every approved release (or that of one month), oldest month first, after auditing each once more against all that is public by then.
 * @returns what is public now and was not before
 * @throws ServiceError 412 when one is not what the person saw, 422 when the audit refuses one; nothing of that release
 *   becomes public
 */
export async function publishApproved(
  context: Pick<StatisticsContext, 'store'>,
  { account: person, month, now = new Date(), seen, signal }: PublishRequest,
): Promise<ReleaseDocument[]> {
  const account = await actorFor(context.store, person, 'publish');
  const waiting = await context.store
    .support<ReleaseDocument>('statistics')
    .find({ kind: 'release', state: 'approved', ...(month === undefined ? {} : { month }) }, { sort: { _id: 1 } })
    .toArray();
  const published: ReleaseDocument[] = [];
  for (const release of waiting) {
    assertSeen(release, release.month, seen);
    const report = await auditAgainstSnapshot(context, release, signal);
    await recordStep(context.store, account, 'publish', { ...release, report, state: 'published' });
    const [first] = report.findings;
    if (first) throw fault('release-refused', { release: release._id, rule: first.rule });
    const change = { state: 'published', publishedAt: now } as const;
    published.push(await step(context, release, change, { step: 'publish', by: account.name, at: now }));
  }
  return published;
}
