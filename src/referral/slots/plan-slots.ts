import type { Slot } from '@medplum/fhirtypes';
import { fault } from '../../errors.js';
import { referenceKey } from '../../fhir/search/search-keys.js';
import { resourceOf } from '../../fhir/stored-resource.js';
import type { Store } from '../../store/store.js';
import { localDay } from '../local-day.js';
import { type SlotPattern, slotTimes, type TimeRange, withoutOverlap } from './slot-times.js';

/** Slots that one call makes at most: one transaction. */
const MOST_NEW = 1_000;
/** Slots of one agenda in the period that are looked at. */
const MOST_THERE = 10_000;
/** A slot that begins the day before may reach into the first day. */
const LONGEST_MS = 8 * 3_600_000;

/** What a call of `$make-slots` adds, and what it leaves out. */
export interface SlotPlan {
  readonly created: readonly TimeRange[];
  /** Wanted ones that stand there already, or whose time something else takes. */
  readonly existing: number;
  /** Wanted ones that have begun. */
  readonly past: number;
}

async function thereAlready(store: Store, schedule: string, { from, to }: SlotPattern): Promise<readonly TimeRange[]> {
  const [first, last] = [localDay(from), localDay(to)];
  if (!first || !last) return [];
  const found = await store.find(
    'Slot',
    {
      's.ref': referenceKey('schedule', `Schedule/${schedule}`),
      'k.start': { $gte: new Date(first.start.getTime() - LONGEST_MS), $lt: last.end },
    },
    { limit: MOST_THERE + 1, hint: 'ref' },
  );
  if (found.length > MOST_THERE) throw tooMany(found.length, MOST_THERE);
  return found.map((stored) => {
    const { start, end } = resourceOf<Slot>(stored);
    return { start: new Date(start), end: new Date(end) };
  });
}

const tooMany = (count: number, most: number): Error =>
  fault(
    'rule-broken',
    {
      es: `Serían ${count} cupos; se admiten ${most} por vez. Pida un período más corto.`,
      en: `That would be ${count} slots; at most ${most} at a time. Ask for a shorter period.`,
    },
    'to',
  );

/**
 * Slots that an agenda lacks of a pattern.
 * @param options `schedule`: its id, when it is there already
 * @throws ServiceError 422 when they are too many for one call
 */
export async function planSlots(
  store: Store,
  pattern: SlotPattern,
  { schedule, now }: { readonly schedule: string | undefined; readonly now: Date },
): Promise<SlotPlan> {
  const wanted = slotTimes(pattern);
  const future = wanted.filter(({ start }) => start > now);
  const there = schedule === undefined ? [] : await thereAlready(store, schedule, pattern);
  const created = withoutOverlap(future, there);
  if (created.length > MOST_NEW) throw tooMany(created.length, MOST_NEW);
  return { created, existing: future.length - created.length, past: wanted.length - future.length };
}
