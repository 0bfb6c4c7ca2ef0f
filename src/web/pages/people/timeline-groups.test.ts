import { describe, expect, it } from 'vitest';
import type { TimelineEvent } from './record-data.js';
import { TIMELINE_KINDS, timelineGroups } from './timeline-groups.js';

const event = (date: string, kind: string, place?: string, text = kind): TimelineEvent => ({
  date,
  kind,
  text,
  reference: `${kind}/${text}`,
  ...(place === undefined ? {} : { place }),
});

describe('the timeline in groups', () => {
  const events = [
    event('2026-11-22T17:00:00Z', 'Encounter', 'Hospital'),
    event('2026-11-22T11:00:00-06:00', 'Composition', 'Hospital'),
    event('2026-11-22T16:00:00Z', 'ServiceRequest', 'Hospital'),
    event('2026-11-22T15:00:00Z', 'Observation', 'UAPS'),
    // The evening before, in Honduras.
    event('2026-11-22T03:00:00Z', 'Observation', 'UAPS', 'other'),
    event('2025', 'Condition'),
  ];

  it('puts together what happened on one Honduran day at one place, a referral apart', () => {
    expect(timelineGroups(events).map(({ day, place, events: of }) => [day, place, of.length])).toEqual([
      ['2026-11-22', 'Hospital', 2],
      ['2026-11-22', 'Hospital', 1],
      ['2026-11-22', 'UAPS', 1],
      ['2026-11-21', 'UAPS', 1],
      ['2025', undefined, 1],
    ]);
  });

  it('shows one kind alone', () => {
    expect(timelineGroups(events, 'medidas').flatMap(({ events: of }) => of)).toHaveLength(2);
    expect(timelineGroups(events, 'vacunas')).toEqual([]);
  });

  it('has every kind of entry once', () => {
    const types = Object.values(TIMELINE_KINDS).flatMap(({ types: of }) => [...of]);
    expect(new Set(types).size).toBe(types.length);
  });
});
