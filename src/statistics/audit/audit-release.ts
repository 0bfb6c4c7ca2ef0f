import { differences, knowledgeOf } from './knowledge.js';
import { containedIn, type PublishedRelease, type PublishedRow, rowKey } from './published-table.js';
import { type Question, SolvedRanges } from './solved-ranges.js';

/** No release hides less than this (design.md 3a.10), whatever it was built with. */
const LEAST_THRESHOLD = 5;

export type AuditRule =
  | 'threshold-too-low'
  | 'wrong-value'
  | 'contradiction'
  | 'small-count-published'
  | 'revealed-by-versions'
  | 'changed-after-closing'
  | 'narrower-than-rule'
  | 'recovered'
  | 'disclosive-zero';

/** Why a release must not be published. `figure` names its place, never its count. */
export interface AuditFinding {
  readonly rule: AuditRule;
  readonly figure: string;
}

export interface AuditReport {
  /** True when the release may be published. */
  readonly ok: boolean;
  readonly findings: readonly AuditFinding[];
  /** Figures that no version shows. */
  readonly hidden: number;
  /** Of those, figures that are small themselves; the others protect them. */
  readonly small: number;
  /** Small differences of two figures, protected in the same way. */
  readonly smallDifferences: number;
  readonly figures: number;
  /**
   * Values in a row that a small count or difference can at least have, whichever is known best; at most `MANY_VALUES`.
   * Absent when nothing is small or the tables could not be solved.
   */
  readonly narrowest?: number;
}

/** Of more values than this it does not matter how many. */
export const MANY_VALUES = 1_000;

export interface AuditInput {
  /** True count of every figure, by its identity. */
  readonly truth: ReadonlyMap<string, number>;
  readonly release: PublishedRelease;
  /** Earlier versions of the same month. Other months share no figure with it. */
  readonly earlier: readonly PublishedRelease[];
}

const ALL = 'total';

/** Rows by specialty of the referrals sent, in which one specialty alone is not zero. */
function loneSpecialties(rows: readonly PublishedRow[], truth: ReadonlyMap<string, number>): string[][] {
  const byRegion = new Map<string, string[]>();
  for (const row of rows)
    if (row.measure === 'sent' && row.specialty !== ALL)
      byRegion.set(row.geo, [...(byRegion.get(row.geo) ?? []), rowKey(row)]);
  return [...byRegion.values()].filter((keys) => keys.filter((key) => (truth.get(key) ?? 0) > 0).length === 1);
}

/**
 * Judges a release before it is published, from what a reader will have: all its tables, their margins, and every earlier
 * version of the month. Knows nothing of how the cells to hide were chosen. Every small count and every
 * small difference must stay possible over an interval as wide as the rule itself tells (threshold - 1), every
 * hidden figure over more than one value.
 */
export async function auditRelease({ truth, release, earlier }: AuditInput): Promise<AuditReport> {
  const findings: AuditFinding[] = [];
  const find = (rule: AuditRule, figure: string): void => void findings.push({ rule, figure });
  const threshold = Math.max(release.threshold, LEAST_THRESHOLD);
  const isSmall = (count: number): boolean => count >= 1 && count <= threshold;
  const count = (key: string): number => truth.get(key) ?? 0;
  if (release.threshold < LEAST_THRESHOLD) find('threshold-too-low', String(release.threshold));
  for (const row of release.rows) {
    if (row.value === null) continue;
    if (row.value !== count(rowKey(row))) find('wrong-value', rowKey(row));
    if (isSmall(row.value)) find('small-count-published', rowKey(row));
  }
  const all = [...earlier, release];
  for (const { key, kind } of differences(all))
    find(kind === 'revealed' ? 'revealed-by-versions' : 'changed-after-closing', key);

  const knowledge = knowledgeOf(all);
  const pairs = containedIn(release).filter(
    ({ whole, part }) => count(part) > 0 && isSmall(count(whole) - count(part)),
  );
  const small = [...knowledge.hidden.keys()].filter((key) => isSmall(count(key)));
  let narrowest: number | undefined;
  const report = (): AuditReport => ({
    ok: findings.length === 0,
    findings,
    hidden: knowledge.hidden.size,
    small: small.length,
    smallDifferences: pairs.length,
    figures: new Set(release.rows.map(rowKey)).size,
    ...(narrowest === undefined ? {} : { narrowest }),
  });
  // Tables that are wrong cannot be solved together.
  if (findings.some(({ rule }) => rule === 'wrong-value' || rule === 'changed-after-closing')) return report();

  const ranges = await SolvedRanges.of(knowledge);
  if (!ranges) {
    find('contradiction', release.month);
    return report();
  }
  try {
    const width = (question: Question, enough: number): number => {
      const { low, high } = ranges.interval(question, enough);
      return high - low;
    };
    const judge = (question: Question, figure: string): void => {
      const found = width(question, threshold - 1);
      narrowest = Math.min(narrowest ?? MANY_VALUES, found + 1);
      if (found < threshold - 1) find('narrower-than-rule', figure);
    };
    for (const key of small) judge({ key }, key);
    for (const pair of pairs) judge(pair, `${pair.whole} - ${pair.part}`);
    for (const key of knowledge.hidden.keys()) if (width({ key }, 1) < 1) find('recovered', key);
    for (const keys of loneSpecialties(release.rows, truth)) {
      const zeros = keys.filter((key) => count(key) === 0 && knowledge.hidden.has(key));
      if (!zeros.some((key) => width({ key }, threshold - 1) >= threshold - 1)) find('disclosive-zero', keys[0] ?? '');
    }
  } finally {
    ranges.dispose();
  }
  return report();
}
