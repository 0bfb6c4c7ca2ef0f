import { fault } from '../../errors.js';
import { actor, recordStep } from './release-audit.js';
import { auditAgainstSnapshot, type StatisticsContext } from './build-release.js';
import type { ReleaseDocument, ReleaseState } from './release-documents.js';

export interface StepRequest {
  readonly account: string;
  readonly now?: Date;
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

/** Moves a release on, if it still is what was looked at. */
async function step(
  { store }: Pick<StatisticsContext, 'store'>,
  release: ReleaseDocument,
  change: Partial<ReleaseDocument> & { readonly state: ReleaseState },
): Promise<ReleaseDocument> {
  const moved = await store
    .support<ReleaseDocument>('statistics')
    .findOneAndUpdate(
      { _id: release._id, state: release.state, builtAt: release.builtAt },
      { $set: change },
      { returnDocument: 'after', writeConcern: { w: 'majority' } },
    );
  if (!moved) throw fault('write-conflict');
  return moved;
}

/**
 * A second person approves the newest version of a month.
 * @throws ServiceError 403 for the wrong role, 404 when nothing was built, 409 when it is not waiting for approval,
 *   422 when the approver built it
 */
export async function approveRelease(
  context: Pick<StatisticsContext, 'store'>,
  month: string,
  { account: name, now = new Date() }: StepRequest,
): Promise<ReleaseDocument> {
  const account = await actor(context.store, name, 'approver', 'approve');
  const release = await newestRelease(context, month);
  if (release.builtBy === account.name) throw fault('second-person', { release: `${month}/v${release.version}` });
  if (release.state !== 'protected')
    throw fault('release-state', { release: `${month}/v${release.version}`, state: release.state });
  await recordStep(context.store, account, 'approve', { ...release, state: 'approved' });
  return step(context, release, { state: 'approved', approvedBy: account.name, approvedAt: now });
}

/**
 * Publishes every approved release, oldest month first, after auditing each once more against all that is public by then.
 * @returns what is public now and was not before
 * @throws ServiceError 422 when the audit refuses one; nothing of that release becomes public
 */
export async function publishApproved(
  context: Pick<StatisticsContext, 'store'>,
  { account: name, now = new Date() }: StepRequest,
): Promise<ReleaseDocument[]> {
  const account = await actor(context.store, name, 'statistics', 'publish');
  const waiting = await context.store
    .support<ReleaseDocument>('statistics')
    .find({ kind: 'release', state: 'approved' }, { sort: { _id: 1 } })
    .toArray();
  const published: ReleaseDocument[] = [];
  for (const release of waiting) {
    const report = await auditAgainstSnapshot(context, release);
    await recordStep(context.store, account, 'publish', { ...release, report, state: 'published' });
    const [first] = report.findings;
    if (first) throw fault('release-refused', { release: release._id, rule: first.rule });
    published.push(await step(context, release, { state: 'published', publishedAt: now }));
  }
  return published;
}
