import type { Store } from '../../store/store.js';
import { type MeasuredFacts, measureFacility } from './measured-facts.js';

/** What was measured stays good for so long: waits of 90 days do not change while somebody fills in a form. */
const LIFE_MS = 5 * 60_000;

interface Kept {
  readonly until: number;
  readonly facts: Promise<(specialty: string) => MeasuredFacts>;
}

const byStore = new WeakMap<object, Map<string, Kept>>();

/** Measured facts of a specialty of a facility (Organization id), not older than five minutes; those who ask at once share one measurement. */
export async function measuredFacts(
  store: Pick<Store, 'find' | 'readMany'>,
  facility: string,
  specialty: string,
): Promise<MeasuredFacts> {
  const kept = byStore.get(store) ?? new Map<string, Kept>();
  byStore.set(store, kept);
  const now = Date.now();
  for (const [id, { until }] of kept) if (until <= now) kept.delete(id);
  const found = kept.get(facility) ?? { until: now + LIFE_MS, facts: measureFacility(store, facility, new Date(now)) };
  kept.set(facility, found);
  try {
    return (await found.facts)(specialty);
  } catch (error) {
    // A failure is nobody's fact.
    kept.delete(facility);
    throw error;
  }
}
