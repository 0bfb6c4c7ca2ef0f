import type { Period } from '@medplum/fhirtypes';

/** A stretch of time: start and end. */
export type Stretch = readonly [start: Date, end: Date];

/** Periods as stretches of time that do not touch, in their order. */
export function apart(periods: readonly Required<Pick<Period, 'start' | 'end'>>[]): readonly Stretch[] {
  const sorted = periods
    .map(({ start, end }): Stretch => [new Date(start), new Date(end)])
    .filter(([start, end]) => end > start)
    .sort(([a], [b]) => a.getTime() - b.getTime());
  const all: [Date, Date][] = [];
  for (const [start, end] of sorted) {
    const last = all.at(-1);
    if (!last || start > last[1]) all.push([start, end]);
    else if (end > last[1]) last[1] = end;
  }
  return all;
}
