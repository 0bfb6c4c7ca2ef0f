import type { Task } from '@medplum/fhirtypes';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Deadlines } from './deadlines/deadlines.js';
import { SHIPPED_DEADLINES, SHIPPED_EDITION } from './deadlines/shipped-edition.js';
import { readClock, withClock } from './leg-clock.js';
import { newLeg } from './legs.js';
import { setState } from './set-state.js';
import { ALL_STATES, type ReferralState, stateRow } from './states.js';
import { workOf } from './work-scalars.js';

const HOUR = 3_600_000;
const MINUTE = 60_000;
const start = new Date('2026-11-20T20:00:00.000Z');
const later = (hours: number): Date => new Date(start.getTime() + hours * HOUR);
const working = new Deadlines({
  ...SHIPPED_EDITION,
  number: 2,
  terms: SHIPPED_EDITION.terms.map((row) =>
    row.priority === 'routine' || row.priority === 'urgent' ? { ...row, amount: 5, unit: 'working-days' } : row,
  ),
});

const sent = newLeg({
  referral: {
    resourceType: 'ServiceRequest',
    id: 'r1',
    status: 'active',
    intent: 'order',
    priority: 'routine',
    subject: { reference: 'Patient/p1' },
  },
  origin: 'clinic',
  destination: 'hospital',
  state: 'sent',
  now: start,
  deadlines: SHIPPED_DEADLINES,
});
const to = (task: Task, state: ReferralState, now: Date, deadlines = SHIPPED_DEADLINES, due?: string): Task =>
  setState(task, { state, now, deadlines, reason: { text: 'x' }, ...(due === undefined ? {} : { due }) });
const endOf = (task: Task): string | undefined => task.restriction?.period?.end;

describe('the clock of a leg', () => {
  it('pauses triage while information is asked, and goes on with what was left', () => {
    const triage = to(sent, 'in-triage', start);
    const asked = to(triage, 'info-requested', later(24), SHIPPED_DEADLINES, later(100).toISOString());
    expect(endOf(asked)).toBe(later(100).toISOString());
    expect(readClock(asked)?.paused).toEqual({ clock: 'triage', left: 6 * 24 * 60, unit: 'elapsed-hours' });
    const back = to(asked, 'in-triage', later(90));
    expect(endOf(back)).toBe(later(90 + 6 * 24).toISOString());
    expect(readClock(back)?.paused).toBeUndefined();
  });

  it('pauses on the time line of its term, under whatever edition it goes on', () => {
    const triage = to(sent, 'in-triage', start, working);
    const asked = to(triage, 'info-requested', later(96), working, later(200).toISOString());
    // Friday 14:00 to Tuesday 14:00: 16 of 40 working hours have passed.
    expect(readClock(asked)?.paused).toEqual({ clock: 'triage', left: 24 * 60, unit: 'working-days' });
    const back = to(asked, 'in-triage', later(120), SHIPPED_DEADLINES);
    expect(endOf(back)).toBe(working.after(later(120), 24 * HOUR, 'working-days').toISOString());
    expect(readClock(back)).toMatchObject({ edition: 1, unit: 'working-days' });
  });

  it('has nothing left when it had run out, and forgets a pause that leads elsewhere', () => {
    const triage = to(sent, 'in-triage', start);
    const asked = to(triage, 'info-requested', later(500), SHIPPED_DEADLINES, later(600).toISOString());
    expect(readClock(asked)?.paused?.left).toBe(0);
    const back = to(asked, 'in-triage', later(550));
    expect(back.restriction?.period).toEqual({ start: later(550).toISOString(), end: later(550).toISOString() });
    expect(readClock(to(asked, 'rejected', later(550)))?.paused).toBeUndefined();
  });

  it('takes the term of a new priority', () => {
    const triage = to(sent, 'in-triage', start);
    const accepted = to({ ...triage, priority: 'urgent' }, 'accepted-waiting', later(1));
    expect(endOf(accepted)).toBe(later(1 + 240).toISOString());
  });

  it('runs on with whom it told when state and end stay', () => {
    const waiting = to(sent, 'accepted-waiting', start);
    const clock = readClock(waiting)!;
    const told = withClock(waiting, { ...clock, told: ['hospital'], escalates: later(2_000) });
    const noted = to(told, 'accepted-waiting', later(900), working, endOf(told));
    expect([noted.restriction?.period, readClock(noted)]).toEqual([told.restriction?.period, readClock(told)]);
    expect(workOf(noted)).toMatchObject({ escalated: ['hospital'], escalates: later(2_000) });
    const moved = to(told, 'scheduled', later(900), SHIPPED_DEADLINES, later(1_000).toISOString());
    expect([readClock(moved)?.told, workOf(moved)?.escalated]).toEqual([[], undefined]);
  });

  it('is watched exactly while somebody must act', () => {
    for (const state of ALL_STATES.filter((one) => stateRow(one).task.length > 0)) {
      const { actsNext } = stateRow(state);
      const work = workOf(to(sent, state, later(1)));
      expect([state, work?.escalates !== undefined]).toEqual([state, actsNext !== undefined]);
    }
  });

  it('comes up at its end when it is older than editions', () => {
    const { extension: _none, ...old } = sent;
    expect(workOf(old)?.escalates?.toISOString()).toBe(endOf(old));
  });

  it('loses no minute over any number of pauses', () => {
    const gap = fc.integer({ min: 0, max: 40 * 60 });
    fc.assert(
      fc.property(fc.array(fc.tuple(gap, gap), { maxLength: 6 }), fc.boolean(), (gaps, inWorkingTime) => {
        const deadlines = inWorkingTime ? working : SHIPPED_DEADLINES;
        const { unit } = deadlines.term({ clock: 'triage', priority: 'routine' });
        let now = start;
        let task = to(sent, 'in-triage', now, deadlines);
        let left = deadlines.lengthOf(deadlines.term({ clock: 'triage', priority: 'routine' }));
        for (const [work, pause] of gaps) {
          const asked = new Date(now.getTime() + work * MINUTE);
          left = Math.max(0, left - deadlines.between(now, asked, unit));
          task = to(task, 'info-requested', asked, deadlines, new Date(asked.getTime() + 99 * HOUR).toISOString());
          now = new Date(asked.getTime() + pause * MINUTE);
          task = to(task, 'in-triage', now, deadlines);
          expect(endOf(task)).toBe(deadlines.after(now, left, unit).toISOString());
        }
      }),
    );
  });
});
