import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Bundle, ServiceRequest, Task } from '@medplum/fhirtypes';
import { codeSystemUrl } from '../../../src/config/canonical.js';
import { toStored } from '../../../src/fhir/to-stored.js';
import { dayOf } from '../../../src/referral/local-day.js';
import { readWorklist } from '../../../src/referral/read-worklist.js';
import { withAwaitsOrigin } from '../../../src/referral/emergency/after-the-fact.js';
import { SHIPPED_DEADLINES } from '../../../src/referral/deadlines/shipped-edition.js';
import { readClock, withClock } from '../../../src/referral/leg-clock.js';
import { jumpExtension } from '../../../src/referral/queue.js';
import { setState } from '../../../src/referral/set-state.js';
import { withAppointmentStart } from '../../../src/referral/work-scalars.js';
import {
  ALL_WORKLISTS,
  worklistFilter,
  worklistIndex,
  worklistOrder,
  worklistRow,
  worklistType,
} from '../../../src/referral/worklists.js';
import { TASK_CODES } from '../../../src/referral/vocabulary.js';
import type { Filter } from '../../../src/store/write-plan.js';
import type { FindOptions } from '../../../src/store/store.js';
import { startService, type TestService } from '../../support/service.js';
import { errorCode, facility, FIELDS, move, type Moved, order, send, submission } from './referral-fixture.js';

const HOUR = 3_600_000;
const PRIORITIES = ['routine', 'urgent', 'asap', 'stat'] as const;
const RANK = { stat: 0, asap: 1, urgent: 2, routine: 3 } as const;

let service: TestService;
beforeAll(async () => {
  service = await startService();
}, 60_000);
afterAll(() => service.stop());

const open = (account: string, alias: string, query: string) =>
  service.call<Bundle>(account, 'GET', `Organization/${facility(alias)}/$worklist?${query}`);

const legsOf = ({ entry = [] }: Bundle): (Task & { id: string })[] =>
  entry.filter(({ search }) => search?.mode === 'match').map(({ resource }) => resource as Task & { id: string });

const nextOf = ({ link = [] }: Bundle): string | undefined => link.find(({ relation }) => relation === 'next')?.url;

async function sendOne(priority: (typeof PRIORITIES)[number], account = 'system.uaps1'): Promise<Moved> {
  const sent = await send(service, account, submission(order({ priority })));
  expect(sent.answer.status).toBe(201);
  return sent;
}

type Change = Omit<Parameters<typeof setState>[1], 'deadlines'>;

/** Stores copies of a leg as if they had been sent before: other state, urgency, term; each was told of as overdue. */
async function loadCopies(leg: Task, changes: readonly Change[], own: string): Promise<void> {
  const documents = changes.map((change, index) => {
    const priority = PRIORITIES[index % PRIORITIES.length]!;
    const meta = { ...leg.meta, versionId: '1', lastUpdated: new Date().toISOString() };
    const changed = setState({ ...leg, priority }, { ...change, deadlines: SHIPPED_DEADLINES });
    const clock = readClock(changed);
    const told = withClock(changed, clock && { ...clock, told: [facility('hosp1'), facility('red1')] });
    // The start of the visit beside its end, and some moved by hand: what the lists of a day and of moves go by.
    const visited = withAppointmentStart(told, change.state === 'scheduled' ? change.due : undefined);
    const jump = jumpExtension({
      at: new Date().toISOString(),
      direction: 'forward',
      reason: 'x',
      who: { display: 'x' },
    });
    const extension = [...(visited.extension ?? []), ...(index % 10 === 0 ? [jump] : [])];
    const copy = { ...visited, extension, id: `0000-${randomUUID()}`, meta };
    return toStored(service.context, copy, { own });
  });
  await service.context.store.load('Task', documents, 'load');
}

describe('a list of work', () => {
  let sent: Moved[];
  beforeAll(async () => {
    sent = [];
    for (const priority of ['routine', 'urgent', 'routine', 'asap', 'routine', 'urgent', 'routine'] as const)
      sent.push(await sendOne(priority));
  });

  it('comes with the most urgent first, then the earliest term, with what each row is about', async () => {
    const { status, body } = await open('clerk.hosp1', 'hosp1', 'list=new');
    expect([status, body.type, body.total]).toEqual([200, 'searchset', sent.length]);
    const legs = legsOf(body);
    const keys = legs.map(({ priority = 'routine', restriction, authoredOn, id }) => [
      RANK[priority],
      restriction?.period?.end ?? '',
      authoredOn ?? '',
      id,
    ]);
    const inOrder = [...keys].sort((a, b) => (a < b ? -1 : 1));
    expect(keys.map(String)).toEqual(inOrder.map(String));
    expect(keys.map(([rank]) => rank)).toEqual([1, 2, 2, 3, 3, 3, 3]);
    const included = (body.entry ?? []).filter(({ search }) => search?.mode === 'include');
    const references = included.map(({ resource }) => `${resource?.resourceType}/${resource?.id}`);
    expect(new Set(references)).toEqual(
      new Set(legs.flatMap(({ focus, for: patient }) => [focus?.reference ?? '', patient?.reference ?? ''])),
    );
  });

  it('keeps its pages whole while rows leave and join', async () => {
    const before = legsOf((await open('clerk.hosp1', 'hosp1', 'list=new')).body).map(({ id }) => id);
    const first = await open('clerk.hosp1', 'hosp1', 'list=new&_count=3');
    const seen = legsOf(first.body).map(({ id }) => id);
    expect(seen).toEqual(before.slice(0, 3));
    const byId = (id: string | undefined): Moved => sent.find(({ task }) => task.id === id)!;
    await move(service, byId(before[1]), 'receive', { account: 'clerk.hosp1' });
    await move(service, byId(before[4]), 'receive', { account: 'clerk.hosp1' });
    const late = await sendOne('asap');
    let next = nextOf(first.body);
    for (let turn = 0; next !== undefined && turn < 9; turn += 1) {
      const page = await service.call<Bundle>('clerk.hosp1', 'GET', next.slice(service.base.length + 1));
      expect(page.status).toBe(200);
      seen.push(...legsOf(page.body).map(({ id }) => id));
      next = nextOf(page.body);
    }
    expect(seen).toEqual(before.filter((_id, index) => index !== 4));
    const again = legsOf((await open('clerk.hosp1', 'hosp1', 'list=new')).body).map(({ id }) => id);
    expect(again).toContain(late.task.id);
    expect(again).not.toContain(before[1]);
  });

  it('has the number alone with _count=0, and narrows to a specialty and an origin', async () => {
    const number = await open('clerk.hosp1', 'hosp1', 'list=new&_count=0');
    expect([legsOf(number.body).length, nextOf(number.body), number.body.total]).toEqual([0, undefined, 6]);
    const total = async (query: string) => (await open('clerk.hosp1', 'hosp1', `list=new&${query}`)).body.total;
    expect(await total('specialty=cardiologia')).toBe(6);
    expect(await total('specialty=pediatria')).toBe(0);
    expect(await total(`origin=Organization/${facility('uaps1')}`)).toBe(6);
    expect(await total(`origin=${facility('uaps2')}`)).toBe(0);
  });

  it('shows the origin what it sent and is open, whoever must act', async () => {
    const rejected = await move(service, sent[6]!, 'reject', { account: 'triage.hosp1' }, FIELDS.reject);
    const all = await open('nurse.uaps1', 'uaps1', 'list=sent-open');
    expect([all.status, all.body.total]).toEqual([200, 8]);
    const states = legsOf(all.body).map(({ businessStatus }) => businessStatus?.coding?.[0]?.code);
    expect(new Set(states)).toEqual(new Set(['sent', 'in-triage', 'rejected']));
    expect((await open('nurse.uaps1', 'uaps1', 'list=rejected')).body.total).toBe(1);
    const change = [{ name: 'change', valueString: 'Se adjunta perfil lipídico' }];
    await move(service, rejected, 'resubmit', { account: 'clinician.uaps1' }, change);
    expect((await open('nurse.uaps1', 'uaps1', 'list=rejected')).body.total).toBe(0);
    expect((await open('nurse.uaps1', 'uaps1', 'list=sent-open')).body.total).toBe(8);
  });
});

describe('who opens a list', () => {
  it('its facility, the manager of its network, and nobody else', async () => {
    expect((await open('manager.red1', 'hosp1', 'list=new')).status).toBe(200);
    for (const account of ['clerk.hosp2', 'nurse.uaps1']) {
      const answer = await open(account, 'hosp1', 'list=new');
      expect([account, answer.status, errorCode(answer)]).toEqual([account, 403, 'facility-foreign']);
    }
    for (const account of ['patient.1', 'statistics', 'privacy']) {
      const answer = await open(account, 'hosp1', 'list=new');
      expect([account, answer.status, errorCode(answer)]).toEqual([account, 403, 'role-forbidden']);
    }
    expect((await service.call('clerk.hosp1', 'GET', 'Organization/nobody/$worklist?list=new')).status).toBe(404);
  });

  it('with a page link of their own only', async () => {
    const mine = nextOf((await open('clerk.hosp1', 'hosp1', 'list=new&_count=1')).body) ?? '';
    const path = mine.slice(service.base.length + 1);
    for (const [account, asked] of [
      ['uau.hosp1', path],
      ['clerk.hosp1', path.replace('list=new', 'list=triage')],
      ['clerk.hosp1', `${path}x`],
    ] as const) {
      const answer = await service.call(account, 'GET', asked);
      expect([account, answer.status, errorCode(answer)]).toEqual([account, 400, 'cursor-invalid']);
    }
  });

  it('and is told what a list cannot be', async () => {
    for (const [query, code] of [
      ['', 'parameter-value'],
      ['list=nothing', 'parameter-value'],
      ['list=constructor', 'parameter-value'],
      ['list=new&list=new', 'parameter-value'],
      ['list=new&_count=201', 'parameter-value'],
      ['list=new&_count=-1', 'parameter-value'],
      ['list=new&specialty=brujeria', 'parameter-value'],
      ['list=new&origin=%24ne', 'parameter-value'],
      ['list=new&status=draft', 'parameter-unknown'],
    ] as const) {
      const answer = await open('clerk.hosp1', 'hosp1', query);
      expect([query, answer.status, errorCode(answer)]).toEqual([query, 400, code]);
    }
  });

  it('leaves a record of every patient shown', async () => {
    const { body } = await open('clerk.hosp1', 'hosp1', 'list=new');
    const patients = new Set(legsOf(body).map((leg) => leg.for?.reference?.slice('Patient/'.length)));
    const [record] = await service.context.store.findAudits(
      { who: 'clerk.hosp1', sub: '$worklist', q: 'list=new' },
      { sort: { at: -1, _id: -1 }, limit: 1 },
    );
    expect(new Set(record?.pt)).toEqual(patients);
  });
});

describe('the cost of a list', () => {
  const PAGE = 25;
  const ROWS = 600;

  /** Every query that a page takes, explained. */
  async function explainPage(name: (typeof ALL_WORKLISTS)[number], alias: string, specialty?: string) {
    const { store } = service.context;
    const now = new Date();
    const narrowing = specialty === undefined ? {} : { specialty };
    const filter = worklistFilter(name, facility(alias), now, dayOf(now), narrowing);
    const plans: { examined: number; keys: number; stages: string }[] = [];
    const find = async (type: string, asked: Filter, options: FindOptions) => {
      const plan = await store.explain(type, asked, options);
      const stats = plan['executionStats'] as { totalDocsExamined: number; totalKeysExamined: number };
      plans.push({
        examined: stats.totalDocsExamined,
        keys: stats.totalKeysExamined,
        stages: JSON.stringify((plan['queryPlanner'] as { winningPlan: unknown }).winningPlan),
      });
      return store.find(type, asked, options);
    };
    const options = {
      type: worklistType(name),
      order: worklistOrder(name),
      hint: worklistIndex(name),
      count: PAGE,
      now,
    };
    const first = await readWorklist({ find }, filter, options);
    let { next } = first;
    for (let page = 0; next && page < 5; page += 1)
      ({ next } = await readWorklist({ find }, filter, { ...options, after: next }));
    return { plans, found: first.rows.length };
  }

  /** Notices and drafts, as many as legs of one state. */
  async function loadBeside(): Promise<void> {
    const { task, referral } = await sendOne('routine', 'system.uaps1');
    const own = facility('uaps1');
    const copies = (resource: Task | ServiceRequest) =>
      Array.from({ length: ROWS / 6 }, () => {
        const meta = { ...resource.meta, versionId: '1', lastUpdated: new Date().toISOString() };
        return toStored(service.context, { ...resource, id: `0000-${randomUUID()}`, meta }, { own });
      });
    const { businessStatus: _state, groupIdentifier: _number, ...rest } = task;
    const owner = { reference: `Organization/${own}` };
    const notice: Task = { ...rest, meta: {}, owner, status: 'requested', code: TASK_CODES['find-person'] };
    await service.context.store.load('Task', copies(notice), 'load');
    await service.context.store.load('ServiceRequest', copies({ ...referral, status: 'draft' }), 'load');
  }

  beforeAll(async () => {
    const { task } = await sendOne('routine', 'system.uaps1');
    const start = Date.now() - 1_000 * HOUR;
    await loadBeside();
    const legs = ALL_WORKLISTS.filter((name) => worklistRow(name).holds === undefined);
    const states = new Set(legs.flatMap((name) => worklistRow(name).states.slice(0, 1)));
    for (const state of states) {
      const changes = Array.from({ length: ROWS / 6 }, (_, index) => ({
        state,
        now: new Date(start),
        due: new Date(Date.now() + (index - ROWS / 12) * HOUR).toISOString(),
        reason: { text: 'x' },
      }));
      await loadCopies(task, changes, facility('uaps1'));
    }
    const arrived = Array.from({ length: ROWS / 6 }, () => ({
      state: 'arrived' as const,
      now: new Date(start),
      due: new Date(Date.now() - HOUR).toISOString(),
    }));
    await loadCopies(withAwaitsOrigin(task, true), arrived, facility('uaps1'));
  });

  it.each(ALL_WORKLISTS.map((name) => [name]))(
    '%s reads its page and little more, however long it is',
    async (name) => {
      const alias = worklistRow(name).side === 'origin' ? 'uaps1' : 'hosp1';
      const { plans, found } = await explainPage(name, alias);
      expect(found).toBeGreaterThan(0);
      for (const { stages, examined, keys } of plans) {
        expect(stages).not.toMatch(/"COLLSCAN"|"SORT"/);
        expect(examined).toBeLessThanOrEqual(PAGE + 1 + worklistRow(name).states.length);
        // A cut by term skips within each state and urgency; the waiting list looks at the keys of its other kind of rows.
        expect(keys).toBeLessThan(worklistRow(name).queue ? ROWS : 6 * PAGE);
      }
    },
  );

  it('a narrowed list reads no document that it does not give', async () => {
    const { plans, found } = await explainPage('triage', 'hosp1', 'pediatria');
    expect(found).toBe(0);
    for (const { examined, stages } of plans) {
      expect(stages).not.toMatch(/"COLLSCAN"|"SORT"/);
      expect(examined).toBe(0);
    }
  });

  it('counts without reading a document', async () => {
    const now = new Date();
    const filter = worklistFilter('overdue', facility('hosp1'), now, dayOf(now));
    const explained = await service.db
      .collection('Task')
      .aggregate([{ $match: { ...filter, del: false } }, { $group: { _id: 1, n: { $sum: 1 } } }])
      .explain('executionStats');
    const text = JSON.stringify(explained);
    expect(text).toContain('"indexName":"queue"');
    expect(Number(/"totalDocsExamined":(\d+)/.exec(text)?.[1])).toBe(0);
  });

  it('has the specialty that triage accepted', () => {
    const { workOf } = service.context.hooks;
    const system = codeSystemUrl('specialty');
    const leg: Task = {
      resourceType: 'Task',
      status: 'accepted',
      intent: 'order',
      code: { coding: [{ system: 'http://hl7.org/fhir/CodeSystem/task-code', code: 'fulfill' }] },
      businessStatus: { coding: [{ system: codeSystemUrl('referral-status'), code: 'accepted-waiting' }] },
      requester: { reference: 'Organization/o' },
      owner: { reference: 'Organization/d' },
      performerType: [{ coding: [{ system, code: 'medicina-interna' }] }],
    };
    expect(workOf(leg)).toMatchObject({ origin: 'o', owner: 'd', specialty: 'medicina-interna' });
    const output = [{ type: { text: 'x' }, valueCodeableConcept: { coding: [{ system, code: 'cardiologia' }] } }];
    expect(workOf({ ...leg, output })).toMatchObject({ specialty: 'cardiologia' });
  });
});
