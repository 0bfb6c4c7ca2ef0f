import { describe, expect, it } from 'vitest';
import type { ServiceRequest, Task } from '@medplum/fhirtypes';
import { codeSystemUrl, SID } from '../config/canonical.js';
import { SHIPPED_DEADLINES as deadlines } from './deadlines/shipped-edition.js';
import { newLeg, previousLegs } from './legs.js';
import { setState } from './set-state.js';
import { ALL_STATES, stateRow } from './states.js';
import { withOutput } from './task-io.js';
import { isLeg, stateOf } from './vocabulary.js';
import { relationsOf, sidesOf, workOf } from './work-scalars.js';

const now = new Date('2026-11-22T12:00:00.000Z');
const referral: ServiceRequest & { id: string } = {
  resourceType: 'ServiceRequest',
  id: 'r1',
  status: 'active',
  intent: 'order',
  priority: 'urgent',
  category: [{ coding: [{ system: codeSystemUrl('referral-category'), code: 'referencia' }] }],
  identifier: [{ system: SID.referencia, value: 'REF-2026-0000001' }],
  subject: { reference: 'Patient/p1' },
  performer: [{ reference: 'Organization/hospital' }],
};
const leg = newLeg({ referral, origin: 'clinic', destination: 'hospital', state: 'sent', now, deadlines });
const withTask = ALL_STATES.filter((state) => stateRow(state).task.length > 0);

describe('legs of a referral', () => {
  it('tell both facilities and the patient by themselves', () => {
    expect(sidesOf(leg)).toEqual({ origin: 'clinic', destination: 'hospital', patient: 'p1' });
    expect(isLeg(leg)).toBe(true);
  });

  it('carry number, priority and the clock of their state', () => {
    expect(leg).toMatchObject({
      groupIdentifier: { value: 'REF-2026-0000001' },
      priority: 'urgent',
      status: 'requested',
    });
    const due = deadlines.dueAt({ clock: 'receipt', priority: 'urgent' }, now);
    expect(leg.restriction?.period).toEqual({ start: now.toISOString(), end: due.toISOString() });
    expect(workOf(leg)).toMatchObject({ due, escalates: due });
  });

  it('keep their place in the queue when another leg follows', () => {
    const previous: Task & { id: string } = { ...leg, id: 't1', priority: 'asap', authoredOn: '2026-11-01T00:00:00Z' };
    const next = newLeg({ referral, origin: 'clinic', destination: 'other', state: 'sent', now, deadlines, previous });
    expect(next).toMatchObject({
      authoredOn: '2026-11-01T00:00:00Z',
      priority: 'asap',
      groupIdentifier: leg.groupIdentifier,
    });
    expect(previousLegs(next)).toEqual(['t1']);
    const third = newLeg({
      referral,
      origin: 'clinic',
      destination: 'third',
      state: 'sent',
      now,
      deadlines,
      previous: { ...next, id: 't2' },
    });
    expect(previousLegs(third)).toEqual(['t2']);
  });
});

describe.each(withTask)('setState(%s)', (state) => {
  const task = setState(leg, { state, now, deadlines, reason: { text: 'porque sí' } });

  it('gives a status pair of the table, and a reason where one is due', () => {
    expect(stateOf(task)).toBe(state);
    expect(stateRow(state).task).toContain(task.status);
    const explained =
      ['rejected', 'cancelled', 'on-hold', 'failed'].includes(task.status) ||
      ['cancel-requested', 'error'].includes(state);
    expect(task.statusReason?.text).toBe(explained ? 'porque sí' : undefined);
  });

  it('makes it the work of the side that must act, and of nobody when it has ended or goes on elsewhere', () => {
    const { actsNext } = stateRow(state);
    const work = workOf(task);
    expect(work).toMatchObject({ state, priority: 'urgent' });
    expect(work?.due).toBeInstanceOf(Date);
    expect(work?.owner).toBe(actsNext && { origin: 'clinic', destination: 'hospital' }[actsNext]);
    expect(work?.origin).toBe(actsNext && 'clinic');
    const followed = withOutput(task, 'redirected-to', { valueReference: { reference: 'Task/next' } });
    expect([workOf(followed)?.owner, workOf(followed)?.origin]).toEqual([undefined, undefined]);
  });
});

describe('relationsOf', () => {
  it('relates origin and destination of a leg, and the destination of a sent referral', () => {
    expect(relationsOf(leg)).toEqual([
      { f: 'clinic', k: 'referral' },
      { f: 'hospital', k: 'referral' },
    ]);
    expect(relationsOf(referral)).toEqual([{ f: 'hospital', k: 'referral' }]);
  });

  it('relates nobody through a draft, another order or another Task', () => {
    const { category: _category, ...laboratory } = referral;
    const { businessStatus: _state, groupIdentifier: _number, meta: _meta, ...plain } = leg;
    for (const resource of [{ ...referral, status: 'draft' as const }, laboratory, plain]) {
      expect(relationsOf(resource)).toEqual([]);
      expect(workOf(resource)).toBeUndefined();
    }
  });
});
