import { ALL_MEASURES, type Measure } from './measures.js';
import { BREAKDOWNS, type Breakdown, cellKey, RawCounts, TOTAL } from './table-types.js';

/** What one referral is for the statistics: where it counts, and which measures it counts in. */
export interface ReferralFact extends Readonly<Record<Breakdown, string>> {
  readonly region: string;
  /** Measures beside `sent` that it fulfils. */
  readonly fulfils: Readonly<Record<Exclude<Measure, 'sent'>, boolean>>;
}

const counts = (fact: ReferralFact, measure: Measure): boolean => measure === 'sent' || fact.fulfils[measure];

/** All tables with all margins; the order of the facts does not matter. */
export function countCube(facts: Iterable<ReferralFact>): RawCounts {
  const counted = new Map<string, number>();
  const add = (key: string): void => void counted.set(key, (counted.get(key) ?? 0) + 1);
  for (const fact of facts)
    for (const measure of ALL_MEASURES) {
      if (!counts(fact, measure)) continue;
      for (const region of [TOTAL, fact.region]) {
        add(cellKey({ measure, region, breakdown: TOTAL, category: TOTAL }));
        for (const breakdown of BREAKDOWNS) add(cellKey({ measure, region, breakdown, category: fact[breakdown] }));
      }
    }
  return new RawCounts(counted);
}
