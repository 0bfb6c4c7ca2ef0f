import { differences, type Knowledge, knowledgeOf } from './knowledge.js';
import { propagate } from './propagate.js';
import type { PublishedRelease } from './published-table.js';
import { type Question, SolvedRanges } from './solved-ranges.js';

export type AttackMethod = 'published' | 'versions' | 'propagation' | 'linear-programme';

/** A hidden or small count that a reader can compute. */
export interface Recovery {
  readonly month: string;
  readonly figure: string;
  readonly value: number;
  readonly by: AttackMethod;
}

export interface AttackReport {
  readonly releases: number;
  readonly figures: number;
  readonly hidden: number;
  /** Published figures other than zero. */
  readonly shown: number;
  readonly recovered: readonly Recovery[];
  /** Hidden figures of which a reader can tell more than the rule does, without knowing them. */
  readonly narrowed: number;
}

/** Finds what a month gives away; the first method that recovers a figure is named. */
class MonthAttack {
  readonly #found = new Map<string, Recovery>();
  narrowed = 0;

  constructor(
    readonly month: string,
    readonly threshold: number,
  ) {}

  get recovered(): readonly Recovery[] {
    return [...this.#found.values()];
  }

  recover(figure: string, value: number, by: AttackMethod): void {
    if (!this.#found.has(figure)) this.#found.set(figure, { month: this.month, figure, value, by });
  }

  isSmall(value: number): boolean {
    return value >= 1 && value <= this.threshold;
  }

  compareVersions(releases: readonly PublishedRelease[]): void {
    for (const { key, kind, value } of differences(releases))
      if (kind === 'revealed' || this.isSmall(value)) this.recover(key, value, 'versions');
  }

  readPlainly({ known, contained }: Knowledge): void {
    for (const [key, value] of known) if (this.isSmall(value)) this.recover(key, value, 'published');
    for (const { whole, part } of contained) {
      const [of, inside] = [known.get(whole), known.get(part)];
      if (of === undefined || inside === undefined || inside === 0) continue;
      if (this.isSmall(of - inside)) this.recover(`${whole} - ${part}`, of - inside, 'published');
    }
  }

  addUp(knowledge: Knowledge): void {
    for (const [key, { low, high }] of propagate(knowledge)) if (low === high) this.recover(key, low, 'propagation');
  }

  async solve(knowledge: Knowledge): Promise<void> {
    const { hidden, known, contained } = knowledge;
    if (hidden.size === 0) return;
    const ranges = await SolvedRanges.of(knowledge);
    if (!ranges) return;
    const width = this.threshold - 1;
    const ask = (question: Question, name: string, isCount: boolean): void => {
      const { low, high } = ranges.interval(question, isCount ? width : 1);
      if (low === high && (isCount || this.isSmall(low))) this.recover(name, low, 'linear-programme');
      else if (isCount && high <= this.threshold && high - low < width) this.narrowed += 1;
    };
    try {
      for (const key of hidden.keys()) ask({ key }, key, true);
      for (const pair of contained) {
        if (known.get(pair.part) === 0 || (known.has(pair.whole) && known.has(pair.part))) continue;
        ask(pair, `${pair.whole} - ${pair.part}`, false);
      }
    } finally {
      ranges.dispose();
    }
  }
}

/**
 * Attacks published files with what everybody has: reading, comparing versions, adding up, linear programming.
 * @param releases all versions of any number of months; months share no figure, so each is attacked by itself
 */
export async function attack(releases: readonly PublishedRelease[]): Promise<AttackReport> {
  const months = new Map<string, PublishedRelease[]>();
  for (const release of releases) months.set(release.month, [...(months.get(release.month) ?? []), release]);
  const sum = { figures: 0, hidden: 0, shown: 0, narrowed: 0 };
  const recovered: Recovery[] = [];
  for (const [month, versions] of months) {
    const attempt = new MonthAttack(month, Math.max(...versions.map(({ threshold }) => threshold), 1));
    attempt.compareVersions(versions);
    const together = knowledgeOf(versions);
    // Versions that contradict each other cannot be solved together: each is attacked by itself.
    const changed = differences(versions).some(({ kind }) => kind === 'changed');
    for (const knowledge of changed ? versions.map((version) => knowledgeOf([version])) : [together]) {
      attempt.readPlainly(knowledge);
      attempt.addUp(knowledge);
      await attempt.solve(knowledge);
    }
    recovered.push(...attempt.recovered);
    sum.figures += together.known.size + together.hidden.size;
    sum.hidden += new Set(versions.flatMap((version) => [...knowledgeOf([version]).hidden.keys()])).size;
    sum.shown += [...together.known.values()].filter((value) => value > 0).length;
    sum.narrowed += attempt.narrowed;
  }
  return { releases: releases.length, ...sum, recovered };
}
