import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Bundle, Extension, Parameters, ParametersParameter, Provenance, Task } from '@medplum/fhirtypes';
import { codeSystemUrl, extensionUrl } from '../../../src/config/canonical.js';
import type { TestService } from '../../support/service.js';
import { startService } from '../../support/service.js';
import { patientFacts } from '../../../src/referral/patient-facts.js';
import { patientStatus } from '../../../src/referral/patient-status.js';
import { readReferral } from '../../../src/referral/load-referral.js';
import { momentAhead } from '../../support/days-ahead.js';
import {
  booking,
  errorCode,
  facility,
  move,
  moved,
  type Moved,
  order,
  post,
  send,
  submission,
} from './referral-fixture.js';
import { proveReferrals } from '../../../src/referral/proof/prove-referrals.js';
import { awayUntil } from '../../../src/referral/unavailability.js';
import { because, book, dayFromNow, makeSlots, pattern, slotsOf, waiting } from './slot-fixture.js';

let service: TestService;
beforeAll(async () => {
  service = await startService();
}, 60_000);
afterAll(() => service.stop());

interface Place {
  readonly id: string;
  readonly position: number | undefined;
  readonly priority: string | undefined;
  readonly moved?: string;
  readonly since?: string;
  readonly overrun?: boolean;
}

async function list(
  name: string,
  query = '',
  account = 'scheduler.hosp1',
): Promise<{ rows: Place[]; total?: number; next?: string }> {
  const path = name.startsWith('Organization/')
    ? name
    : `Organization/${facility('hosp1')}/$worklist?list=${name}${query}`;
  const { status, body } = await service.call<Bundle>(account, 'GET', path);
  expect([path, status]).toEqual([path, 200]);
  const rows = (body.entry ?? []).flatMap(({ resource, search }): Place[] => {
    if (search?.mode !== 'match') return [];
    const extension = search.extension?.find(({ url }) => url === extensionUrl('queue-place'))?.extension;
    const part = (name_: string): Extension | undefined => extension?.find(({ url }) => url === name_);
    const [by, since] = [part('moved')?.valueCode, part('since')?.valueDateTime];
    const overrun = part('overrun')?.valueBoolean;
    return [
      {
        id: resource?.id ?? '',
        position: part('position')?.valuePositiveInt,
        priority: part('priority')?.valueCode,
        ...(by === undefined ? {} : { moved: by }),
        ...(since === undefined ? {} : { since }),
        ...(overrun === undefined ? {} : { overrun }),
      },
    ];
  });
  const next = body.link?.find(({ relation }) => relation === 'next')?.url;
  return {
    rows,
    ...(body.total === undefined ? {} : { total: body.total }),
    ...(next ? { next: next.slice(service.base.length + 1) } : {}),
  };
}

async function jump(
  before: Moved,
  parameter: readonly ParametersParameter[],
  { account = 'scheduler.hosp1', etag = before.etag } = {},
): Promise<Moved> {
  const body: Parameters = { resourceType: 'Parameters', parameter: [...parameter] };
  return moved(
    await service.call<Parameters>(account, 'POST', `Task/${before.task.id}/$move-in-queue`, {
      body,
      headers: etag === '' ? {} : { 'if-match': etag },
    }),
  );
}

const to = (direction: string, reason = 'Vive lejos y viaja mañana'): ParametersParameter[] => [
  { name: 'direction', valueCode: direction },
  { name: 'reason', valueString: reason },
];

describe('the waiting list', () => {
  const rows: Moved[] = [];
  beforeAll(async () => {
    for (const priority of ['routine', 'urgent', 'routine', 'asap', 'routine'] as const)
      rows.push(await waiting(service, { priority }));
  });
  const id = (index: number): string => rows[index]!.task.id;

  it('goes by clinical priority, then the first date, and says the place of each row and why', async () => {
    const { rows: found, total } = await list('to-book');
    expect([found.map((one) => one.id), total]).toEqual([[id(3), id(1), id(0), id(2), id(4)], 5]);
    expect(found.map(({ position, priority }) => [position, priority])).toEqual([
      [1, 'asap'],
      [2, 'urgent'],
      [3, 'routine'],
      [4, 'routine'],
      [5, 'routine'],
    ]);
    expect(found[2]).toMatchObject({ since: rows[0]?.task.authoredOn, overrun: false });
    expect((await list('new')).rows.every(({ position }) => position === undefined)).toBe(true);
  });

  it('counts places over the pages', async () => {
    const seen: (number | undefined)[] = [];
    for (let path: string | undefined = 'to-book', query = '&_count=2'; path; query = '') {
      const page: Awaited<ReturnType<typeof list>> = await list(path, query);
      seen.push(...page.rows.map(({ position }) => position));
      path = page.next;
    }
    expect(seen).toEqual([1, 2, 3, 4, 5]);
  });

  it('puts who has waited too long first, then goes by the first date, and equal dates by the id', async () => {
    const { store, hooks } = service.context;
    const hour = 3_600_000;
    // The one of the latest date is the one that has waited too long: its service has a short term.
    for (const [index, since, until] of [
      [0, 3, Date.now() + hour],
      [2, 1, Date.now() + hour],
      [4, 5, Date.now() - hour],
    ] as const) {
      const stored = (await store.read('Task', id(index)))!;
      const work = hooks.workOf(JSON.parse(stored.json) as Task)!;
      // What the running term ends on plays no part.
      const due = new Date(Date.now() - since * hour);
      const w = { ...work, due, since: new Date(2026, 0, since), until: new Date(until) };
      await store.replaceSearchValues('Task', [{ _id: id(index), vid: stored.vid, w }]);
    }
    const order_ = [id(3), id(1), id(4), id(2), id(0)];
    expect((await list('to-book')).rows.map((one) => one.id)).toEqual(order_);
    const seen: [string, number | undefined][] = [];
    for (let path: string | undefined = 'to-book', query = '&_count=1'; path; query = '') {
      const page: Awaited<ReturnType<typeof list>> = await list(path, query);
      seen.push(...page.rows.map((one): [string, number | undefined] => [one.id, one.position]));
      path = page.next;
    }
    expect(seen).toEqual(order_.map((one, index) => [one, index + 1]));
    for (const index of [0, 2, 4]) {
      const stored = (await store.read('Task', id(index)))!;
      const w = hooks.workOf(JSON.parse(stored.json) as Task)!;
      await store.replaceSearchValues('Task', [{ _id: id(index), vid: stored.vid, w }]);
    }
  });

  it('is not gained or lost by a missed appointment and another one', async () => {
    const day = dayFromNow(2);
    await makeSlots(service, pattern({ from: day }));
    const [slot] = await slotsOf(service, day);
    const before = await service.context.store.read('Task', id(2));
    const booked = await book(service, rows[2]!, slot!.id);
    const cancelled = await move(service, booked, 'cancel-appointment', { account: 'scheduler.hosp1' }, [
      because('other'),
    ]);
    expect(cancelled.state).toBe('appointment-cancelled');
    // Its new term is short, the others' long: the place is the one it had.
    const found = (await list('to-book')).rows.map((one) => one.id);
    expect(found).toEqual([id(3), id(1), id(0), id(2), id(4)]);
    const after = await service.context.store.read('Task', id(2));
    expect([after?.w?.since, after?.w?.until]).toEqual([before?.w?.since, before?.w?.until]);
    expect(after!.w!.due! < before!.w!.due!).toBe(true);
    rows[2] = cancelled;
  });

  it('is changed by hand with a name and a reason, within the clinical priority', async () => {
    const last = rows[4]!;
    const front = await jump(last, to('forward'));
    expect([front.answer.status, front.state, front.task.meta?.versionId]).toEqual([
      200,
      'accepted-waiting',
      String(Number(last.task.meta?.versionId) + 1),
    ]);
    expect(front.task.restriction).toEqual(last.task.restriction);
    const { rows: found } = await list('to-book');
    expect(found.map((one) => one.id).slice(0, 3)).toEqual([id(3), id(1), id(4)]);
    expect(found[2]).toMatchObject({ position: 3, priority: 'routine', moved: 'forward' });
    rows[4] = front;
    rows[3] = await jump(rows[3]!, to('backward'));
    expect((await list('to-book')).rows[0]?.id).toBe(id(3));
    const { body } = await service.call<Bundle>('manager.red1', 'GET', `Provenance?target=Task/${id(4)}`);
    const trail = body.entry?.map(({ resource }) => resource as Provenance) ?? [];
    const told = trail.find(({ activity }) => activity?.coding?.[0]?.code === 'move-in-queue');
    expect(told?.activity?.coding?.[0]?.system).toBe(codeSystemUrl('referral-operation'));
    expect(told?.agent[0]?.who?.reference).toBe(post('scheduler.hosp1'));
    expect(told?.reason?.[0]?.text).toContain('Vive lejos y viaja mañana');
  });

  it('shows every move by hand to the manager of the network, the last first', async () => {
    const { rows: found } = await list('moved', '', 'manager.red1');
    expect(found.map((one) => one.id)).toEqual([id(3), id(4)]);
    rows[3] = await jump(rows[3]!, to('normal', 'Fue un error'));
    rows[4] = await jump(rows[4]!, to('normal', 'Ya no viaja'));
    expect((await list('moved', '', 'manager.red1')).rows.map((one) => one.id)).toEqual([id(4), id(3)]);
    const back = (await list('to-book')).rows;
    expect(back.every((one) => one.moved === undefined)).toBe(true);
  });

  it('is not changed without a reason, a direction, a version, or by somebody else', async () => {
    const one = rows[1]!;
    for (const [parameter, options, verdict] of [
      [[to('forward')[0]!], {}, [422, 'field-missing']],
      [to('forward', ' '), {}, [422, 'element-empty']],
      [[to('forward')[1]!], {}, [422, 'field-missing']],
      [to('sideways'), {}, [422, 'code-invalid']],
      [[...to('forward'), { name: 'place', valueInteger: 1 }], {}, [400, 'operation-parameter']],
      [to('forward'), { etag: '' }, [428, 'if-match-required']],
      [to('forward'), { etag: 'W/"1"' }, [412, 'version-conflict']],
      [to('forward'), { account: 'clerk.hosp1' }, [403, 'move-role']],
      [to('forward'), { account: 'manager.red1' }, [403, 'move-role']],
      [to('forward'), { account: 'uau.uaps1' }, [403, 'move-role']],
      [to('forward'), { account: 'scheduler.hosp2' }, [404, 'not-found']],
      [to('forward'), { account: 'system.hosp1' }, [422, 'field-missing']],
    ] as const) {
      const { answer } = await jump(one, parameter, options);
      expect([parameter, options, answer.status, errorCode(answer)]).toEqual([parameter, options, ...verdict]);
    }
    const sent = await send(service, 'system.uaps1', submission(order()));
    const early = await jump(sent, to('forward'));
    expect([early.answer.status, errorCode(early.answer)]).toEqual([422, 'move-not-allowed']);
  });

  it('forgets nothing when the referral goes on: a redirect keeps the first date, and no move by hand', async () => {
    const ahead = await jump(rows[0]!, to('forward'));
    const redirected = await move(service, ahead, 'redirect', { account: 'triage.hosp1' }, [
      { name: 'reason', valueCoding: { system: codeSystemUrl('redirect-reason'), code: 'capacity' } },
      { name: 'performer', valueReference: { reference: `Organization/${facility('hosp2')}` } },
    ]);
    expect(redirected.answer.status).toBe(200);
    expect(redirected.task.authoredOn).toBe(ahead.task.authoredOn);
    const stored = await service.context.store.read('Task', redirected.task.id);
    expect(stored?.w).toMatchObject({ since: new Date(ahead.task.authoredOn ?? ''), place: '1' });
    expect(stored?.w?.moved).toBeUndefined();
    expect((await list('moved')).rows.map((one) => one.id)).not.toContain(ahead.task.id);
  });
});

describe('a time in which the patient cannot come', () => {
  const DAY = 86_400_000;
  const away = (from: string, until: string, reason = 'travel'): ParametersParameter[] => [
    { name: 'from', valueDate: from },
    { name: 'until', valueDate: until },
    { name: 'reason', valueCoding: { system: codeSystemUrl('unavailable-reason'), code: reason } },
  ];
  const pause = (before: Moved, parameter: ParametersParameter[], account = 'scheduler.hosp1'): Promise<Moved> =>
    move(service, before, 'pause-waiting', { account }, parameter);
  const stored = async ({ task }: Moved) => (await service.context.store.read('Task', task.id))!;

  it('stops the clocks for that time, keeps the place, ends by itself, and origin and patient see it', async () => {
    const first = await waiting(service, { priority: 'asap' });
    const before = await stored(first);
    const paused = await pause(first, away(dayFromNow(0), dayFromNow(9)));
    expect([paused.answer.status, paused.state]).toEqual([200, 'accepted-waiting']);
    const after = await stored(paused);
    // Today's rest and nine whole days.
    const longer = Date.parse(`${dayFromNow(10)}T00:00:00-06:00`) - Date.parse(paused.task.lastModified!);
    expect(after.w!.due!.getTime() - before.w!.due!.getTime()).toBe(longer);
    expect(after.w!.until!.getTime() - before.w!.until!.getTime()).toBe(longer);
    expect(after.w!.escalates).toEqual(after.w!.due);
    expect([after.w?.since, after.w?.place]).toEqual([before.w?.since, before.w?.place]);
    // A clock with an end: no referral is an orphan by it.
    const proof = await proveReferrals(service.context, { now: new Date(), repair: false });
    expect(proof.orphans).toEqual([]);
    const seen = await service.call<Task>('clinician.uaps1', 'GET', `Task/${paused.task.id}`);
    expect(seen.body.extension?.some(({ url }) => url === extensionUrl('unavailable'))).toBe(true);
    const { store } = service.context;
    const referral = await readReferral(service.context, (await store.read('ServiceRequest', first.referral.id))!);
    const { facts } = await patientFacts(service.context, referral!, { resourceType: 'Patient' });
    expect(patientStatus(facts).next.es).toContain('Su lugar en la fila no se pierde');
    // The clock goes on by itself: nothing has to happen at the end.
    expect(awayUntil(paused.task, new Date(Date.now() + 10 * DAY))).toBeUndefined();
    const { body: places } = await service.call<Bundle>('conformance', 'GET', 'Location?_count=1');
    const place = `Location/${places.entry?.[0]?.resource?.id ?? ''}`;
    const warned = await move(service, paused, 'book', { account: 'scheduler.hosp1' }, [
      ...booking(place).filter(({ name }) => name !== 'start' && name !== 'end'),
      { name: 'start', valueDateTime: momentAhead(3, '09:00') },
      { name: 'end', valueDateTime: momentAhead(3, '09:30') },
    ]);
    expect([warned.answer.status, warned.answer.text]).toEqual([200, expect.stringContaining('patient-away')]);
  });

  it('noted again takes the place of what was left; until today, it ends today', async () => {
    const first = await waiting(service);
    const long = await pause(first, away(dayFromNow(0), dayFromNow(40)));
    const short = await pause(long, away(dayFromNow(0), dayFromNow(0)));
    expect(short.answer.status).toBe(200);
    const [bare, ends] = [(await stored(first)).w!, awayUntil(short.task, new Date())];
    expect(ends).toEqual(new Date(`${dayFromNow(1)}T00:00:00-06:00`));
    const begun = await move(service, short, 'contact-attempt', { account: 'scheduler.hosp1' }, [
      { name: 'medium', valueCoding: { system: codeSystemUrl('contact-medium'), code: 'phone' } },
      { name: 'reached', valueBoolean: true },
    ]);
    expect(begun.task.restriction).toEqual(short.task.restriction);
    expect(bare.due!.getTime() - Date.parse(first.task.restriction!.period!.end!)).toBeLessThanOrEqual(2 * DAY);
  });

  it('has a limit, does not begin in the past, and is of the desk of the hospital', async () => {
    const one = await waiting(service);
    for (const [parameter, verdict, account] of [
      [away(dayFromNow(-1), dayFromNow(3)), [422, 'date-past']],
      [away(dayFromNow(2), dayFromNow(1)), [422, 'rule-broken']],
      [away('2026-12', dayFromNow(1)), [422, 'rule-broken']],
      [away(dayFromNow(0), dayFromNow(92)), [422, 'date-too-far']],
      [away(dayFromNow(92), dayFromNow(93)), [422, 'date-too-far']],
      [away(dayFromNow(0), dayFromNow(1), 'bored'), [422, 'code-invalid']],
      [away(dayFromNow(0), dayFromNow(1)).slice(0, 2), [422, 'field-missing']],
      [away(dayFromNow(0), dayFromNow(1)), [403, 'move-role'], 'clerk.hosp1'],
      [away(dayFromNow(0), dayFromNow(1)), [403, 'move-role'], 'clinician.uaps1'],
    ] as const) {
      const { answer } = await pause(one, [...parameter], account);
      expect([parameter, answer.status, errorCode(answer)]).toEqual([parameter, ...verdict]);
    }
    const most = await pause(one, away(dayFromNow(0), dayFromNow(90)));
    expect(most.answer.status).toBe(200);
  });
});

describe('the list of a day', () => {
  it('goes by the start of the appointment in force, by the hour', async () => {
    const day = dayFromNow(1);
    await makeSlots(service, pattern({ from: day }));
    const [early, late] = await slotsOf(service, day);
    const first = await book(service, await waiting(service), late!.id);
    const second = await book(service, await waiting(service, { priority: 'routine' }), early!.id);
    const work = async ({ task }: Moved) => (await service.context.store.read('Task', task.id))?.w;
    expect((await work(first))?.start).toEqual(new Date(late!.start));
    expect((await work(second))?.start).toEqual(new Date(early!.start));
    const cancelled = await move(service, first, 'cancel-appointment', { account: 'scheduler.hosp1' }, [
      because('other'),
    ]);
    expect((await work(cancelled))?.start).toBeUndefined();
  });
});
