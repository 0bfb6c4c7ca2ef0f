import type { Extension, Period, Task } from '@medplum/fhirtypes';
import { extensionUrl } from '../config/canonical.js';
import type { Deadlines } from './deadlines/deadlines.js';
import type { Unit } from './deadlines/units.js';
import { apart, type Stretch } from './stretches.js';
import { objectsIn } from './untrusted.js';

export const UNAVAILABLE_URL = extensionUrl('unavailable');

/** A time in which the patient cannot or does not want to come: clocks stand still (referral-anchors 2.5). */
export interface Unavailability {
  readonly period: Required<Pick<Period, 'start' | 'end'>>;
  /** Code of `unavailable-reason`. */
  readonly reason: string;
  /** When it was noted, FHIR dateTime. */
  readonly at: string;
}

/** Times in which the patient of a leg is not available, in the order in which they were noted. */
export const unavailabilitiesOf = ({ extension }: Pick<Task, 'extension'>): readonly Unavailability[] =>
  objectsIn(extension)
    .filter(({ url }) => url === UNAVAILABLE_URL)
    .flatMap(({ extension: parts }): Unavailability[] => {
      const part = (name: string): Extension | undefined => objectsIn(parts).find(({ url }) => url === name);
      const { start, end } = part('period')?.valuePeriod ?? {};
      if (start === undefined || end === undefined) return [];
      return [
        { period: { start, end }, reason: part('reason')?.valueCode ?? '', at: part('time')?.valueDateTime ?? '' },
      ];
    });

/** A time in which the patient is not available, as an extension of the leg. */
export const unavailableExtension = ({ period, reason, at }: Unavailability): Extension => ({
  url: UNAVAILABLE_URL,
  extension: [
    { url: 'period', valuePeriod: period },
    { url: 'reason', valueCode: reason },
    { url: 'time', valueDateTime: at },
  ],
});

/** Until when the patient of a leg is not available at a moment; undefined when there is no such time then. */
export function awayUntil(task: Pick<Task, 'extension'>, moment: Date): Date | undefined {
  const ends = unavailabilitiesOf(task)
    .filter(({ period: { start, end } }) => new Date(start) <= moment && new Date(end) > moment)
    .map(({ period }) => Date.parse(period.end));
  return ends.length > 0 ? new Date(Math.max(...ends)) : undefined;
}

/** What is still to come of some times, in their order. */
export const awayAhead = (times: readonly Unavailability[], now: Date): readonly Stretch[] =>
  apart(times.map(({ period }) => period)).flatMap(([start, end]): Stretch[] =>
    end <= now ? [] : [[start < now ? now : start, end]],
  );

/** End of a clock that stands still in some times: so much later for each one that begins before it has run out. */
export const endPast = (end: Date, times: readonly Stretch[], unit: Unit, deadlines: Deadlines): Date =>
  times.reduce(
    (at, [from, to]) => (from < at ? deadlines.after(at, deadlines.between(from, to, unit), unit) : at),
    end,
  );

/** The same end without what some times had added to it, the last one taken off first. */
export const endWithout = (end: Date, times: readonly Stretch[], unit: Unit, deadlines: Deadlines): Date =>
  times.reduceRight((at, [from, to]) => {
    const earlier = deadlines.before(at, deadlines.between(from, to, unit), unit);
    return earlier > from ? earlier : at;
  }, end);
