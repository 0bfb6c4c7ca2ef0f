import { describe, expect, it } from 'vitest';
import { ALL_CLOCKS, PRIORITIES } from '../clocks.js';
import { Deadlines } from './deadlines.js';
import { SHIPPED_DEADLINES, SHIPPED_EDITION } from './shipped-edition.js';

const HOUR = 3_600_000;
const start = new Date('2026-11-20T20:00:00Z');
const receipt = { clock: 'receipt', priority: 'routine' } as const;

const working = new Deadlines({
  ...SHIPPED_EDITION,
  terms: [
    ...SHIPPED_EDITION.terms.filter(({ clock, priority }) => clock !== 'receipt' || priority !== 'routine'),
    { ...receipt, amount: 2, unit: 'working-days' },
    { ...receipt, specialty: 'cardiologia', amount: 4, unit: 'working-hours' },
    { ...receipt, service: 's1', amount: 1, unit: 'working-hours' },
  ],
});

describe('deadlines', () => {
  it('have a term for every clock and priority, the more urgent never the longer one', () => {
    for (const clock of ALL_CLOCKS) {
      // At the opening of a week without holidays a working day is shortest.
      const monday = new Date('2026-11-23T13:00:00Z');
      const ends = PRIORITIES.map((priority) => SHIPPED_DEADLINES.dueAt({ clock, priority }, monday).getTime());
      expect([clock, [...ends].sort((a, b) => b - a)]).toEqual([clock, ends]);
    }
  });

  it('run in elapsed time, in working time, and by specialty and service', () => {
    expect(SHIPPED_DEADLINES.dueAt({ ...receipt, priority: 'asap' }, start)).toEqual(
      new Date(start.getTime() + 4 * HOUR),
    );
    // Friday 14:00: one hour on Friday, Monday, and seven hours of Tuesday.
    expect(working.dueAt(receipt, start)).toEqual(new Date('2026-11-24T20:00:00Z'));
    expect(working.dueAt({ ...receipt, specialty: 'cardiologia' }, start)).toEqual(new Date('2026-11-23T16:00:00Z'));
    expect(working.dueAt({ ...receipt, specialty: 'pediatria' }, start)).toEqual(working.dueAt(receipt, start));
    // The most specific row wins.
    const [cardiology, of] = [{ ...receipt, specialty: 'cardiologia' }, (service: string) => ({ service })];
    expect(working.dueAt({ ...cardiology, ...of('s1') }, start)).toEqual(new Date(start.getTime() + HOUR));
    expect(working.dueAt({ ...cardiology, ...of('s2') }, start)).toEqual(working.dueAt(cardiology, start));
  });

  it('tell the levels one after the other, by shares of the term on its own time line', () => {
    const due = working.dueAt(receipt, start);
    expect(working.escalations(receipt, due)).toEqual([
      { level: 'uau', at: due },
      { level: 'network', at: new Date('2026-11-25T20:00:00Z') },
      { level: 'region', at: new Date('2026-11-26T20:00:00Z') },
    ]);
    const visit = { clock: 'visit', priority: 'routine' } as const;
    expect(
      SHIPPED_DEADLINES.escalations(visit, start).map(({ at }) => (at.getTime() - start.getTime()) / HOUR),
    ).toEqual([43.2, 108, 324]);
  });
});
