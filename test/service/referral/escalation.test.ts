import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Bundle, Provenance, Task } from '@medplum/fhirtypes';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { codeSystemUrl } from '../../../src/config/canonical.js';
import { isServiceError } from '../../../src/errors.js';
import { toStored } from '../../../src/fhir/to-stored.js';
import { deadlineBook } from '../../../src/referral/deadlines/deadline-book.js';
import { SHIPPED_DEADLINES } from '../../../src/referral/deadlines/shipped-edition.js';
import { readClock } from '../../../src/referral/leg-clock.js';
import { escalateLeg } from '../../../src/referral/timers/escalate-leg.js';
import { escalateOverdue, overdueQuery } from '../../../src/referral/timers/escalate-overdue.js';
import { OrganizationsAbove } from '../../../src/referral/timers/organizations-above.js';
import { startReferralTimers } from '../../../src/referral/timers/referral-timers.js';
import { organizationByAlias } from '../../../src/seed/find-facility.js';
import { acquireLease, ifLeaseFree } from '../../../src/store/lease.js';
import { startService, type TestService } from '../../support/service.js';
import { facility, FIELDS, move, type Moved, order, send, submission } from './referral-fixture.js';

const HOUR = 3_600_000;
const REGION = organizationByAlias('region1')?.id ?? '';

let service: TestService;
beforeAll(async () => {
  service = await startService();
}, 60_000);
afterAll(() => service.stop());

const newReferral = (): Promise<Moved> => send(service, 'system.uaps1', submission(order()));
const dueOf = ({ task }: Pick<Moved, 'task'>): Date => new Date(task.restriction?.period?.end ?? '');
const after = (moment: Date, hours: number): Date => new Date(moment.getTime() + hours * HOUR);
const stored = async ({ task }: Pick<Moved, 'task'>) => (await service.context.store.read('Task', task.id))!;
const taskOf = async (sent: Pick<Moved, 'task'>): Promise<Task & { id: string }> =>
  JSON.parse((await stored(sent)).json) as Task & { id: string };
const told = async (sent: Moved): Promise<readonly string[]> => readClock(await taskOf(sent))?.told ?? [];
/** When each level is told of a referral that nobody receives. */
const levels = (due: Date) => SHIPPED_DEADLINES.escalations({ clock: 'receipt', priority: 'routine' }, due);
const escalate = (now: Date) => escalateOverdue(service.context, { now });

async function listed(account: string, organization: string): Promise<string[]> {
  const path = `Organization/${organization}/$worklist?list=escalated&_count=200`;
  const { status, body } = await service.call<Bundle>(account, 'GET', path);
  expect([account, status]).toEqual([account, 200]);
  return (body.entry ?? []).filter(({ search }) => search?.mode === 'match').map(({ resource }) => resource?.id ?? '');
}

describe('an overdue referral', () => {
  it('is told once to each level: the UAU, then the network, then the region', async () => {
    const sent = await newReferral();
    const due = dueOf(sent);
    // Half of three working days later, and all of them.
    const [, network, region] = levels(due);
    const steps = [
      [after(due, -0.001), []],
      [due, [facility('hosp1')]],
      [after(due, 1), [facility('hosp1')]],
      [network!.at, [facility('hosp1'), facility('red1')]],
      [region!.at, [facility('hosp1'), facility('red1'), REGION]],
      [after(due, 10_000), [facility('hosp1'), facility('red1'), REGION]],
    ] as const;
    const versions: number[] = [];
    for (const [moment, expected] of steps) {
      await escalate(moment);
      expect([moment, await told(sent)]).toEqual([moment, expected]);
      versions.push((await stored(sent)).vid);
    }
    expect(versions).toEqual([1, 2, 2, 3, 4, 4]);
    expect((await stored(sent)).w?.escalates).toBeUndefined();
    // The clock itself is as it was.
    expect((await taskOf(sent)).restriction).toEqual(sent.task.restriction);
    expect(await listed('uau.hosp1', facility('hosp1'))).toContain(sent.task.id);
    expect(await listed('manager.red1', facility('red1'))).toContain(sent.task.id);
    expect(await listed('manager.red1', facility('hosp1'))).toContain(sent.task.id);
    expect(await listed('uau.hosp2', facility('hosp2'))).toEqual([]);
  });

  it('leaves a trail by the service itself, which both facilities find', async () => {
    const sent = await newReferral();
    await escalate(dueOf(sent));
    for (const account of ['uau.hosp1', 'nurse.uaps1']) {
      const path = `Provenance?target=Task/${sent.task.id}`;
      const { body } = await service.call<Bundle<Provenance>>(account, 'GET', path);
      const found = (body.entry ?? []).flatMap(({ resource }) => resource ?? []);
      const escalation = found.find(({ activity }) =>
        activity?.coding?.some(
          ({ system, code }) => system === codeSystemUrl('referral-operation') && code === 'escalate',
        ),
      );
      expect(escalation?.agent.some(({ who }) => who.reference === `Organization/${facility('hosp1')}`)).toBe(true);
    }
    const [record] = await service.context.store.findAudits(
      { sub: 'escalate', ent: `Task/${sent.task.id}/_history/2` },
      { limit: 2 },
    );
    expect(record).toMatchObject({ who: 'service', rol: 'service', act: 'U', det: { levels: 'uau', state: 'sent' } });
    expect(record?.pt).toEqual([sent.referral.subject.reference?.slice('Patient/'.length)]);
  });

  it('is told to all levels at once after a long stop, in one version', async () => {
    const sent = await newReferral();
    await escalate(after(dueOf(sent), 500));
    expect([await told(sent), (await stored(sent)).vid]).toEqual([[facility('hosp1'), facility('red1'), REGION], 2]);
  });

  it('starts anew with the next move, and goes to the side whose turn it is', async () => {
    const sent = await newReferral();
    await escalate(dueOf(sent));
    const seen = { ...sent, etag: 'W/"2"' };
    expect((await move(service, sent, 'receive', { account: 'clerk.hosp1' })).answer.status).toBe(412);
    const rejected = await move(service, seen, 'reject', { account: 'triage.hosp1' }, FIELDS.reject);
    expect([rejected.answer.status, readClock(rejected.task)?.told]).toEqual([200, []]);
    expect(await listed('uau.hosp1', facility('hosp1'))).not.toContain(sent.task.id);
    await escalate(dueOf(rejected));
    expect(await told(rejected)).toEqual([facility('uaps1')]);
    expect(await listed('uau.uaps1', facility('uaps1'))).toContain(sent.task.id);
  });

  it('that somebody moves meanwhile stays as they moved it', async () => {
    const sent = await newReferral();
    const before = await stored(sent);
    const moved = await move(service, sent, 'receive', { account: 'clerk.hosp1' });
    expect(moved.answer.status).toBe(200);
    const { context } = service;
    const run = {
      context,
      now: after(dueOf(sent), 1),
      book: await deadlineBook(context.store),
      above: new OrganizationsAbove(context.store),
    };
    const error: unknown = await escalateLeg(run, before).catch((thrown: unknown) => thrown);
    expect(isServiceError(error) && error.code).toBe('version-conflict');
    expect([(await stored(sent)).vid, await told(sent)]).toEqual([2, []]);
  });

  it('from before there were editions is told by the one in force', async () => {
    const sent = await newReferral();
    const { extension: _none, ...old } = await taskOf(sent);
    const copy = { ...old, id: `0000-${randomUUID()}`, meta: { ...old.meta, versionId: '1' } };
    await service.context.store.load('Task', [toStored(service.context, copy, { own: facility('uaps1') })], 'load');
    await escalate(levels(dueOf(sent))[1]!.at);
    expect(readClock(await taskOf({ task: copy }))).toMatchObject({
      told: [facility('hosp1'), facility('red1')],
      edition: 1,
    });
  });
});

describe('many overdue referrals', () => {
  it('are told once each, though several processes work at the same time, in more than one batch', async () => {
    const { task } = await newReferral();
    const copies = Array.from({ length: 230 }, () => {
      const copy = { ...task, id: `0000-${randomUUID()}`, meta: { ...task.meta, versionId: '1' } };
      return toStored(service.context, copy, { own: facility('uaps1') });
    });
    await service.context.store.load('Task', copies, 'load');
    const now = dueOf({ task });
    const counts = await Promise.all([escalate(now), escalate(now), escalate(now)]);
    const ids = copies.map(({ _id }) => _id);
    const rows = await service.db
      .collection<{ _id: string; vid: number }>('Task')
      .find({ _id: { $in: ids } }, { projection: { vid: 1 } })
      .toArray();
    expect(new Set(rows.map(({ vid }) => vid))).toEqual(new Set([2]));
    expect(counts.reduce((sum, count) => sum + count.told, 0)).toBeGreaterThanOrEqual(copies.length);
    expect(counts.map(({ failed }) => failed)).toEqual([0, 0, 0]);
    expect(await escalate(now)).toEqual({ told: 0, moved: 0, failed: 0 });
  });

  it('are found over their index, a batch at a time, without sorting', async () => {
    const now = new Date(Date.now() + 100_000 * HOUR);
    const { store } = service.context;
    for (const position of [undefined, [new Date(), 'x']]) {
      const { filter, options } = overdueQuery(now, position);
      const plan = await store.explain('Task', filter, options);
      const stages = JSON.stringify((plan['queryPlanner'] as { winningPlan: unknown }).winningPlan);
      expect(stages).not.toMatch(/"COLLSCAN"|"SORT"/);
      expect(stages).toMatch(/"escalates"/);
      const { totalDocsExamined } = plan['executionStats'] as { totalDocsExamined: number };
      expect(totalDocsExamined).toBeLessThanOrEqual((options.limit ?? 0) + 1);
    }
  });
});

describe('the timers', () => {
  const LEASE = 'timers-test';
  const timersAt = (now: Date) =>
    startReferralTimers(service.context, {
      alone: async (work) => (await ifLeaseFree(service.db, LEASE, 60_000, work)) !== undefined,
      now: () => now,
      pollMs: 3_600_000,
    });

  it('work in one process at a time, and take over from one that was killed', async () => {
    const sent = await newReferral();
    // A process that was killed gives nothing back and renews nothing.
    await acquireLease(service.db, LEASE, 300);
    const timers = timersAt(dueOf(sent));
    try {
      expect([await timers.turn(), await told(sent)]).toEqual([false, []]);
      await sleep(350);
      expect([await timers.turn(), await told(sent)]).toEqual([true, [facility('hosp1')]]);
    } finally {
      await timers.close();
    }
  });

  it('prove once a night that there are no orphans, not before two o’clock', async () => {
    const proofs = service.db.collection<{ date: string; by: string }>('proofs');
    for (const [now, count] of [
      ['2031-05-05T07:59:00Z', 0],
      ['2031-05-05T08:00:00Z', 1],
      ['2031-05-06T05:59:00Z', 1],
      ['2031-05-06T09:00:00Z', 2],
    ] as const) {
      const timers = timersAt(new Date(now));
      await timers.turn();
      await timers.close();
      const made = await proofs.find({ by: 'timer', date: { $in: ['2031-05-05', '2031-05-06'] } }).toArray();
      expect([now, made.length]).toEqual([now, count]);
    }
  });
});
