import type { PublishedCounts, RawCounts, TablePlan } from '../table-types.js';
import { linkedSystem } from './linked-system.js';
import { suppress } from './suppress.js';

export interface ProtectOptions {
  /** Counts from 1 to here are hidden. */
  readonly threshold: number;
  /** Figures of earlier versions of the same month: what they hid stays hidden. */
  readonly earlier?: readonly PublishedCounts[];
}

/** The one way from true counts to published figures (method S). The same arguments give the same figures. */
export async function protectCounts(
  plan: TablePlan,
  raw: RawCounts,
  { threshold, earlier = [] }: ProtectOptions,
): Promise<PublishedCounts> {
  const { keys, system } = linkedSystem(plan, raw);
  const positions = (wanted: (value: number | null | undefined) => boolean): Set<number> =>
    new Set(keys.flatMap((key, index) => (earlier.some((figures) => wanted(figures.get(key))) ? [index] : [])));
  const hidden = await suppress(system, {
    threshold,
    keepHidden: positions((value) => value === null),
    known: positions((value) => typeof value === 'number'),
  });
  const figures = keys.map((key, index) => [key, hidden.has(index) ? null : raw.at(key)] as const);
  return new Map(figures) as ReadonlyMap<string, number | null> as PublishedCounts;
}
