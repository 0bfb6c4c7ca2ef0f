import type { Task } from '@medplum/fhirtypes';
import { describe, expect, it } from 'vitest';
import { Deadlines } from './deadlines/deadlines.js';
import { SHIPPED_DEADLINES, SHIPPED_EDITION } from './deadlines/shipped-edition.js';
import { newLeg } from './legs.js';
import { setState } from './set-state.js';
import type { ReferralState } from './states.js';
import { unavailableExtension } from './unavailability.js';
import { waitingUntil, withUnavailability } from './waiting-target.js';
import { workOf } from './work-scalars.js';
import { ioType } from './vocabulary.js';

const HOUR = 3_600_000;
const start = new Date('2026-11-23T13:00:00.000Z');
const later = (hours: number): Date => new Date(start.getTime() + hours * HOUR);
const of = (hours: number, priority: 'routine' | 'urgent' = 'routine') => ({
  clock: 'waiting' as const,
  priority,
  amount: hours,
  unit: 'elapsed-hours' as const,
});
const deadlines = new Deadlines({
  ...SHIPPED_EDITION,
  number: 7,
  terms: [
    ...SHIPPED_EDITION.terms.filter(
      ({ clock, priority }) => clock !== 'waiting' || (priority !== 'routine' && priority !== 'urgent'),
    ),
    of(1_000),
    of(100, 'urgent'),
    { ...of(500), service: 's1' },
  ],
});
const referral = {
  resourceType: 'ServiceRequest',
  id: 'r1',
  status: 'active',
  intent: 'order',
  priority: 'routine',
  subject: { reference: 'Patient/p1' },
} as const;
const sent = newLeg({ referral, origin: 'clinic', destination: 'hospital', state: 'sent', now: start, deadlines });
const to = (task: Task, state: ReferralState, hours: number, terms = deadlines): Task =>
  setState(task, { state, now: later(hours), deadlines: terms, reason: { text: 'x' } });
const waitsUntil = (task: Task): number => (waitingUntil(task)!.getTime() - start.getTime()) / HOUR;

describe('the whole waiting', () => {
  it('runs from the first sending, through every state, redirect and new edition', () => {
    const waiting = to(to(to(sent, 'in-triage', 70), 'accepted-waiting', 200), 'scheduled', 400);
    const missed = to(to(waiting, 'no-show', 600), 'scheduled', 610, SHIPPED_DEADLINES);
    expect([sent, waiting, missed].map(waitsUntil)).toEqual([1_000, 1_000, 1_000]);
    const previous = { ...to(missed, 'redirected', 700), id: 't1' };
    const next = newLeg({
      referral,
      origin: 'clinic',
      destination: 'other',
      state: 'sent',
      now: later(700),
      deadlines: SHIPPED_DEADLINES,
      previous,
    });
    expect([waitsUntil(next), next.authoredOn]).toEqual([1_000, start.toISOString()]);
  });

  it('is a scalar of those who wait for an appointment, and of nobody else', () => {
    const waits = to(sent, 'accepted-waiting', 1);
    expect([workOf(waits)?.until, workOf(sent)?.until]).toEqual([later(1_000), undefined]);
    expect(workOf(to(waits, 'scheduled', 2))?.until).toBeUndefined();
    // Neither a missed nor a cancelled appointment gives it a new term.
    for (const state of ['no-show', 'appointment-cancelled'] as const)
      expect(workOf(to(to(waits, 'scheduled', 2), state, 900))?.until).toEqual(later(1_000));
  });

  it('has the term of a new priority and of the service that attends, always from the first sending', () => {
    const urgent = to({ ...sent, priority: 'urgent' }, 'accepted-waiting', 50);
    const output = [{ type: ioType('service'), valueReference: { reference: 'HealthcareService/s1' } }];
    const served = to({ ...sent, output }, 'accepted-waiting', 50);
    expect([urgent, served].map(waitsUntil)).toEqual([100, 500]);
  });

  it('is longer by the time in which the origin was asked for what is missing', () => {
    const asked = to(to(sent, 'in-triage', 10), 'info-requested', 20);
    const back = to(asked, 'in-triage', 44);
    expect([asked, back, to(back, 'accepted-waiting', 50)].map(waitsUntil)).toEqual([1_000, 1_024, 1_024]);
    // Asked when it had lasted too long already: it stays so.
    const late = to(to(to(sent, 'in-triage', 10), 'info-requested', 1_100), 'in-triage', 1_200);
    expect(waitsUntil(late)).toBe(1_000);
  });

  it('is longer by the time in which the patient is not available, which counts once', () => {
    const away = (from: number, until: number) =>
      unavailableExtension({
        period: { start: later(from).toISOString(), end: later(until).toISOString() },
        reason: 'travel',
        at: start.toISOString(),
      });
    const waits = to(to(to(sent, 'in-triage', 10), 'info-requested', 20), 'in-triage', 44);
    const told = withUnavailability(waits, { ...waits, extension: [...waits.extension!, away(40, 64)] }, deadlines);
    expect(waitsUntil(told)).toBe(1_000 + 44);
    const late = withUnavailability(sent, { ...sent, extension: [...sent.extension!, away(1_001, 1_100)] }, deadlines);
    expect(waitsUntil(late)).toBe(1_000);
    // A newer edition changes nothing of the term, only what is said from now on counts.
    const shorter = new Deadlines({
      ...deadlines.edition,
      number: 8,
      terms: [...deadlines.edition.terms.filter(({ clock }) => clock !== 'waiting'), of(200), of(100, 'urgent')],
    });
    const asked = to(to(sent, 'in-triage', 10, shorter), 'info-requested', 20, shorter);
    const back = to(asked, 'in-triage', 44, shorter);
    expect(waitsUntil(back)).toBe(1_024);
    const then = withUnavailability(back, { ...back, extension: [...back.extension!, away(60, 70)] }, shorter);
    expect(waitsUntil(then)).toBe(1_034);
  });

  it('of a leg from before legs kept it goes by the shipped terms', () => {
    const { extension: _none, ...old } = to(sent, 'accepted-waiting', 1);
    expect(workOf(old)?.until).toEqual(SHIPPED_DEADLINES.dueAt({ clock: 'waiting', priority: 'routine' }, start));
  });
});
