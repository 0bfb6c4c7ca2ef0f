import { containedIn, maybeZero, type PublishedRelease, rowKey, type SumRelation, sumsOf } from './published-table.js';

/** What a reader of all versions of one month knows, before any reasoning. */
export interface Knowledge {
  /** Published figures; a figure that one version hides and another shows is known. */
  readonly known: ReadonlyMap<string, number>;
  /** Figures that no version shows, and the least that each can be. */
  readonly hidden: ReadonlyMap<string, number>;
  readonly sums: readonly SumRelation[];
  readonly contained: readonly { readonly whole: string; readonly part: string }[];
}

/** A difference between versions of a month. */
export interface VersionDifference {
  readonly key: string;
  readonly kind: 'revealed' | 'changed';
  readonly version: number;
  /** The figure that the difference gives away. */
  readonly value: number;
}

/** Figures that one version hid and another shows, and figures that changed: the correction is a count of its own. */
export function differences(releases: readonly PublishedRelease[]): VersionDifference[] {
  const seen = new Map<string, number | null>();
  const found: VersionDifference[] = [];
  for (const { version, rows } of [...releases].sort((a, b) => a.version - b.version))
    for (const row of rows) {
      const key = rowKey(row);
      const before = seen.get(key);
      if (before === null && row.value !== null) found.push({ key, kind: 'revealed', version, value: row.value });
      if (typeof before === 'number' && row.value === null)
        found.push({ key, kind: 'revealed', version, value: before });
      if (typeof before === 'number' && row.value !== null && row.value !== before)
        found.push({ key, kind: 'changed', version, value: Math.abs(row.value - before) });
      if (before === undefined || before === null) seen.set(key, row.value);
    }
  const once = new Map(found.map((difference) => [`${difference.kind} ${difference.key}`, difference]));
  return [...once.values()];
}

/** All that versions of one month say together. A figure that changed counts as first published. */
export function knowledgeOf(releases: readonly PublishedRelease[]): Knowledge {
  const known = new Map<string, number>();
  const hidden = new Map<string, number>();
  const sums = new Map<string, SumRelation>();
  const contained = new Map<string, { whole: string; part: string }>();
  for (const release of releases) {
    const zeros = maybeZero(release.rows);
    for (const row of release.rows) {
      const key = rowKey(row);
      if (row.value === null) hidden.set(key, Math.max(hidden.get(key) ?? 0, zeros.has(key) ? 0 : 1));
      else if (!known.has(key)) known.set(key, row.value);
    }
    for (const sum of sumsOf(release.rows)) sums.set(`${sum.total}=${sum.parts.join('+')}`, sum);
    for (const pair of containedIn(release)) contained.set(`${pair.whole}>${pair.part}`, pair);
  }
  for (const key of known.keys()) hidden.delete(key);
  return { known, hidden, sums: [...sums.values()], contained: [...contained.values()] };
}
