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
  /** Public version of each month (what was built of it when none is), oldest month first. */
  readonly releases: readonly Pick<ReleaseDocument, 'month' | 'version' | 'state' | 'report'>[];
  /** How many of the months were public before. */
  readonly already: number;
  readonly attack: AttackReport;
}

/** The solver of each month runs in a process of its own. */
const BUILT_AT_ONCE = 2;
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

/** Has a built month approved and published, unless its audit refuses it; the release as it stands then. */
async function publishBuilt(
  context: StatisticsContext,
  { month, state }: ReleaseDocument,
  now: Date,
): Promise<ReleaseDocument> {
  if (state === 'protected') {
    await approveRelease(context, month, { account: ACCOUNTS.approves, now });
    await publishApproved(context, { account: ACCOUNTS.builds, now });
  }
  return newestRelease(context, month);
}

/**
 * Takes the newest closed months through the whole pipeline with the demonstration accounts (`statistics` builds and
 * publishes, `approver` approves), then attacks everything that is public. Months that are public already are left
 * as they are, so that it may run again.
 * @param months how many months
 * @param tell called with the number of months that are done
 * @throws ServiceError when an account is missing or a release was refused
 */
export async function publishDemonstration(
  context: StatisticsContext,
  months: number,
  now: Date = new Date(),
  tell: (done: number) => void = () => undefined,
): Promise<DemonstrationReport> {
  const releases: ReleaseDocument[] = [];
  let already = 0;
  const codes = closedMonths(now, months)
    .map(({ code }) => code)
    .reverse();
  for (let start = 0; start < codes.length; start += BUILT_AT_ONCE) {
    const some = codes.slice(start, start + BUILT_AT_ONCE).map(async (month) => {
      const published = (await publishedVersions(context.store, month)).at(-1);
      const built = published ?? (await buildRelease(context, { month, account: ACCOUNTS.builds, now }));
      return { published, built };
    });
    for (const { published, built } of await Promise.all(some)) {
      if (published) already += 1;
      releases.push(published ?? (await publishBuilt(context, built, now)));
      tell(releases.length);
    }
  }
  return {
    releases: releases.map(({ month, version, state, report }) => ({ month, version, state, report })),
    already,
    attack: await attackPublished(context),
  };
}
