import type { Store } from '../../store/store.js';
import type { ReleaseDescription } from './release-files.js';
import { listReleases, releasedFile, type ReleaseEntry } from './released-files.js';
import type { FileRow } from './rows.js';

/** A published release, as its own files tell it. */
export interface PublishedVersion {
  readonly entry: ReleaseEntry;
  /** All versions of the month, newest first. */
  readonly versions: readonly number[];
  readonly description: ReleaseDescription;
}

/** What anybody may read, for pages: the published files and nothing else. */
export interface PublishedData {
  /** All releases, newest month first, newest version first. */
  list(): Promise<readonly ReleaseEntry[]>;
  /** @param version the newest when absent; undefined when there is no such release */
  release(month: string, version?: number): Promise<PublishedVersion | undefined>;
  /** Rows of a table of a published release. @param table `region-sex`, ... */
  rows(release: Pick<PublishedVersion, 'entry'>, table: string): Promise<readonly FileRow[]>;
}

/** Rows of a table file, `region-sex.json`. */
export const rowsOf = (text: string): readonly FileRow[] => (JSON.parse(text) as { rows: FileRow[] }).rows;
/** What `release.json` says. */
export const descriptionOf = (text: string): ReleaseDescription => JSON.parse(text) as ReleaseDescription;

/** Files that stay parsed: those of the newest months are asked for again and again, and never change. */
const KEPT = 24;

export function createPublishedData(store: Store): PublishedData {
  const kept = new Map<string, unknown>();
  const parsed = async <T>(
    { month, version }: ReleaseEntry,
    name: string,
    parse: (text: string) => T,
  ): Promise<T | undefined> => {
    const key = `${month}/${version}/${name}`;
    const known = kept.get(key) as T | undefined;
    if (known !== undefined) return known;
    const file = await releasedFile(store, month, version, name);
    if (!file) return undefined;
    const value = parse(file.text);
    const [oldest] = kept.keys();
    if (kept.size >= KEPT && oldest !== undefined) kept.delete(oldest);
    kept.set(key, value);
    return value;
  };
  return {
    list: () => listReleases(store),
    async release(month, version) {
      const own = (await listReleases(store)).filter((entry) => entry.month === month);
      const entry = version === undefined ? own[0] : own.find((one) => one.version === version);
      const description = entry && (await parsed(entry, 'release.json', descriptionOf));
      return description && { entry, versions: own.map((one) => one.version), description };
    },
    rows: async ({ entry }, table) => (await parsed(entry, `${table}.json`, rowsOf)) ?? [],
  };
}
