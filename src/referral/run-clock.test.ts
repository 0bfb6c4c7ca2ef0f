import type { Task } from '@medplum/fhirtypes';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Deadlines } from './deadlines/deadlines.js';
import { SHIPPED_EDITION } from './deadlines/shipped-edition.js';
import { readClock, withClock } from './leg-clock.js';
import { newLeg } from './legs.js';
import { setState } from './set-state.js';
import { ALL_STATES, type ReferralState, stateRow } from './states.js';
import { unavailableExtension } from './unavailability.js';
import { workOf } from './work-scalars.js';

const HOUR = 3_600_000;
const MINUTE = 60_000;
const start = new Date('2026-11-20T20:00:00.000Z');
const later = (hours: number): Date => new Date(start.getTime() + hours * HOUR);
/** The shipped terms with each working day as 24 elapsed hours. */
const elapsed = new Deadlines({
  ...SHIPPED_EDITION,
  terms: SHIPPED_EDITION.terms.map((row) =>
    row.unit === 'working-days' ? { ...row, amount: row.amount * 24, unit: 'elapsed-hours' } : row,
  ),
});
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
  deadlines: elapsed,
});
const to = (task: Task, state: ReferralState, now: Date, deadlines = elapsed, due?: string): Task =>
  setState(task, { state, now, deadlines, reason: { text: 'x' }, ...(due === undefined ? {} : { due }) });
const hoursTo = (task: Task): number => (Date.parse(endOf(task) ?? '') - start.getTime()) / HOUR;
const endOf = (task: Task): string | undefined => task.restriction?.period?.end;

describe('the clock of a leg', () => {
  it('pauses triage while information is asked, and goes on with what was left', () => {
    const triage = to(sent, 'in-triage', start);
    const asked = to(triage, 'info-requested', later(24), elapsed, later(100).toISOString());
    expect(endOf(asked)).toBe(later(100).toISOString());
    const paused = { clock: 'triage', left: 4 * 24 * 60, unit: 'elapsed-hours', told: [], next: 'uau' };
    expect(readClock(asked)?.paused).toEqual(paused);
    const back = to(asked, 'in-triage', later(90));
    expect(endOf(back)).toBe(later(90 + 4 * 24).toISOString());
    expect(readClock(back)?.paused).toBeUndefined();
  });

  it('pauses on the time line of its term, under whatever edition it goes on', () => {
    const triage = to(sent, 'in-triage', start, working);
    const asked = to(triage, 'info-requested', later(96), working, later(200).toISOString());
    // Friday 14:00 to Tuesday 14:00: 16 of 40 working hours have passed.
    expect(readClock(asked)?.paused).toMatchObject({ clock: 'triage', left: 24 * 60, unit: 'working-days' });
    const back = to(asked, 'in-triage', later(120), elapsed);
    expect(endOf(back)).toBe(working.after(later(120), 24 * HOUR, 'working-days').toISOString());
    expect(readClock(back)).toMatchObject({ edition: 1, unit: 'working-days' });
  });

  it('stays as overdue as it was, and forgets nobody who was told', () => {
    const triage = to(sent, 'in-triage', start);
    const [uau, network] = elapsed.escalations({ clock: 'triage', priority: 'routine' }, new Date(endOf(triage)!));
    const told = withClock(triage, { ...readClock(triage)!, told: ['hospital'], escalates: network!.at });
    const asked = to(told, 'info-requested', later(150), elapsed, later(600).toISOString());
    expect([readClock(asked)?.told, workOf(asked)?.escalated]).toEqual([[], undefined]);
    expect(readClock(asked)?.paused).toMatchObject({ left: -30 * 60, told: ['hospital'], next: 'network' });
    const back = to(asked, 'in-triage', later(550));
    // Thirty hours overdue before, thirty hours overdue again.
    expect(back.restriction?.period).toEqual({ start: later(520).toISOString(), end: later(520).toISOString() });
    expect(workOf(back)).toMatchObject({
      due: later(520),
      escalated: ['hospital'],
      escalates: new Date(later(520).getTime() + network!.at.getTime() - uau!.at.getTime()),
    });
    expect(readClock(to(asked, 'rejected', later(550)))?.paused).toBeUndefined();
  });

  it('that everybody was told of tells nobody anew', () => {
    const triage = to(sent, 'in-triage', start);
    const { escalates: _next, ...clock } = readClock(triage)!;
    const told = withClock(triage, { ...clock, told: ['hospital', 'network', 'region'] });
    const back = to(to(told, 'info-requested', later(400)), 'in-triage', later(450));
    expect(readClock(back)).toMatchObject({ told: ['hospital', 'network', 'region'] });
    expect(workOf(back)?.escalates).toBeUndefined();
  });

  it('stands still while the patient is away, also when it starts anew before that', () => {
    const away = (from: number, until: number) =>
      unavailableExtension({
        period: { start: later(from).toISOString(), end: later(until).toISOString() },
        reason: 'travel',
        at: start.toISOString(),
      });
    const waits = to(sent, 'accepted-waiting', start);
    const told: Task = { ...waits, extension: [...(waits.extension ?? []), away(100, 148)] };
    const [due, cancelled] = [hoursTo(waits), to(to(told, 'scheduled', later(2)), 'appointment-cancelled', later(10))];
    const plain = to(to(waits, 'scheduled', later(2)), 'appointment-cancelled', later(10));
    expect(due).toBeGreaterThan(100);
    expect([hoursTo(plain) > 100, hoursTo(cancelled) - hoursTo(plain)]).toEqual([true, 48]);
    // Away already when it starts, and away after it has run out.
    const now = to(told, 'no-show', later(120));
    expect(hoursTo(now) - hoursTo(to(waits, 'no-show', later(120)))).toBe(28);
    const late: Task = { ...waits, extension: [...(waits.extension ?? []), away(9_000, 9_100)] };
    expect(endOf(to(late, 'no-show', later(10)))).toBe(endOf(to(waits, 'no-show', later(10))));
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
    const moved = to(told, 'scheduled', later(900), elapsed, later(1_000).toISOString());
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
        const deadlines = inWorkingTime ? working : elapsed;
        const { unit } = deadlines.term({ clock: 'triage', priority: 'routine' });
        let now = start;
        let task = to(sent, 'in-triage', now, deadlines);
        // Below nothing once it is overdue, by what has passed since.
        let left = deadlines.lengthOf(deadlines.term({ clock: 'triage', priority: 'routine' }));
        for (const [work, pause] of gaps) {
          const asked = new Date(now.getTime() + work * MINUTE);
          left -= deadlines.between(now, asked, unit);
          task = to(task, 'info-requested', asked, deadlines, new Date(asked.getTime() + 99 * HOUR).toISOString());
          now = new Date(asked.getTime() + pause * MINUTE);
          task = to(task, 'in-triage', now, deadlines);
          const end = left >= 0 ? deadlines.after(now, left, unit) : deadlines.before(now, -left, unit);
          expect(endOf(task)).toBe(end.toISOString());
        }
      }),
    );
  });
});
