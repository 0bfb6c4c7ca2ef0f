import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { attack, type AttackReport } from './audit/attack.js';
import { readReleases } from './audit/read-release.js';
import { buildRelease, publishedVersions, type StatisticsContext } from './release/build-release.js';
import { approveRelease, newestRelease, publishApproved } from './release/publish-release.js';
import type { ReleaseDocument } from './release/release-documents.js';
import { releasesWithFiles } from './release/released-files.js';
import { writeReleaseFolders } from './release/write-folders.js';
import { closedMonths } from './statistics-month.js';

/** What a demonstration published, and what an attack on all that is public found. */
export interface DemonstrationReport {
  /** Newest version of each month, oldest month first. */
  readonly releases: readonly Pick<ReleaseDocument, 'month' | 'version' | 'state' | 'report'>[];
  readonly attack: AttackReport;
}

const ACCOUNTS = { builds: 'statistics', approves: 'approver' } as const;

/** Attacks every published release as anybody could, from the files alone. */
export async function attackPublished({ store }: Pick<StatisticsContext, 'store'>): Promise<AttackReport> {
  if ((await releasesWithFiles(store)).length === 0) return attack([]);
  const folder = await mkdtemp(join(tmpdir(), 'referencia-datos-'));
  try {
    await writeReleaseFolders(store, folder);
    return await attack(await readReleases(folder));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/**
 * Takes the newest closed months through the whole pipeline with the demonstration accounts (`statistics` builds and
 * publishes, `approver` approves), then attacks everything that is public. Months that are public already are left
 * as they are, so that it may run again.
 * @param months how many months
 * @throws ServiceError when an account is missing or a release was refused
 */
export async function publishDemonstration(
  context: StatisticsContext,
  months: number,
  now: Date = new Date(),
): Promise<DemonstrationReport> {
  const releases: ReleaseDocument[] = [];
  for (const { code } of closedMonths(now, months).reverse()) {
    if ((await publishedVersions(context.store, code)).length === 0) {
      const built = await buildRelease(context, { month: code, account: ACCOUNTS.builds, now });
      if (built.state === 'protected') await approveRelease(context, code, { account: ACCOUNTS.approves, now });
    }
    await publishApproved(context, { account: ACCOUNTS.builds, now });
    releases.push(await newestRelease(context, code));
  }
  return {
    releases: releases.map(({ month, version, state, report }) => ({ month, version, state, report })),
    attack: await attackPublished(context),
  };
}
