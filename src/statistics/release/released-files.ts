import type { Store } from '../../store/store.js';
import type { ReleaseDocument } from './release-documents.js';
import type { ReleaseFile } from './release-files.js';

/** A published release as the public list names it. */
export interface ReleaseEntry {
  readonly month: string;
  readonly version: number;
  /** True for the newest version of its month. */
  readonly latest: boolean;
  /** Folder below the list, `YYYY-MM/vN`. */
  readonly path: string;
  readonly publishedAt: string;
  readonly files: readonly { readonly path: string; readonly bytes: number; readonly sha256: string }[];
}

const PUBLISHED = { kind: 'release', state: 'published' } as const;
const MAX_TIME_MS = 5_000;

const releases = (store: Store) => store.support<ReleaseDocument>('statistics');

/** All published releases, newest month first, newest version first. */
export async function listReleases(store: Store): Promise<ReleaseEntry[]> {
  const found = await releases(store)
    .find(PUBLISHED, {
      projection: { month: 1, version: 1, publishedAt: 1, 'files.name': 1, 'files.bytes': 1, 'files.sha256': 1 },
      maxTimeMS: MAX_TIME_MS,
    })
    .toArray();
  const sorted = found.sort((a, b) => (a.month === b.month ? b.version - a.version : a.month < b.month ? 1 : -1));
  return sorted.map(({ month, version, publishedAt, files }, index) => ({
    month,
    version,
    latest: sorted[index - 1]?.month !== month,
    path: `${month}/v${version}`,
    publishedAt: publishedAt?.toISOString() ?? '',
    files: files.map(({ name, bytes, sha256 }) => ({ path: `${month}/v${version}/${name}`, bytes, sha256 })),
  }));
}

/** A file of a published release; undefined when there is none. */
export async function releasedFile(
  store: Store,
  month: string,
  version: number,
  name: string,
): Promise<ReleaseFile | undefined> {
  const found = await releases(store).findOne<Partial<ReleaseDocument>>(
    { ...PUBLISHED, month, version },
    { projection: { files: { $elemMatch: { name } } }, maxTimeMS: MAX_TIME_MS },
  );
  return found?.files?.[0];
}

/** Published releases with their files, for a copy in folders. */
export const releasesWithFiles = (store: Store): Promise<Pick<ReleaseDocument, 'month' | 'version' | 'files'>[]> =>
  releases(store)
    .find(PUBLISHED, { projection: { month: 1, version: 1, files: 1 }, sort: { _id: 1 } })
    .toArray();
