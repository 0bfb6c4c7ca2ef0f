import { localDay } from '../local-day.js';
import type { Edition } from './edition.js';

/** Moment from which an edition counts: the start of its first day, but not before it was loaded. */
const countsFrom = ({ validFrom, at }: Pick<Edition, 'validFrom' | 'at'>): number =>
  Math.max(localDay(validFrom)?.start.getTime() ?? 0, at.getTime());

/**
 * The edition by which clocks start (or started) at a moment: of those that count by then, the one that is valid from
 * the latest day; of several for one day, the one loaded last. The first edition stands for everything before it.
 * @throws RangeError for an empty list
 */
export function editionAt<T extends Pick<Edition, 'number' | 'validFrom' | 'at'>>(editions: readonly T[], at: Date): T {
  const counting = editions.filter((edition) => countsFrom(edition) <= at.getTime());
  const later = (a: T, b: T): T =>
    a.validFrom > b.validFrom || (a.validFrom === b.validFrom && a.number > b.number) ? a : b;
  if (counting.length > 0) return counting.reduce(later);
  const [first, ...others] = editions;
  if (!first) throw new RangeError('there is no edition of the deadlines');
  return others.reduce((a, b) => (a.number < b.number ? a : b), first);
}
