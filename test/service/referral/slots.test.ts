import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type {
  Appointment,
  Bundle,
  OperationOutcome,
  Parameters,
  ParametersParameter,
  Provenance,
  Resource,
  Schedule,
  Slot,
} from '@medplum/fhirtypes';
import { demoPatientId } from '../../../src/access/accounts.js';
import { codeSystemUrl, extensionUrl } from '../../../src/config/canonical.js';
import { toStored } from '../../../src/fhir/to-stored.js';
import { agendasOf, slotsWithin } from '../../../src/referral/slots/agendas.js';
import { localDay } from '../../../src/referral/local-day.js';
import { serviceId } from '../../../src/seed/catalogue-ids.js';
import { facilityByAlias } from '../../../src/seed/find-facility.js';
import { startService, type TestService } from '../../support/service.js';
import {
  anyService,
  booking,
  errorCode,
  facility,
  FIELDS,
  move,
  type Moved,
  order,
  post,
  send,
  submission,
} from './referral-fixture.js';
import {
  because,
  book,
  dayFromNow,
  makeSlots,
  numberIn,
  onSlot,
  pattern,
  readSlot,
  reschedule,
  slotsOf,
  waiting,
} from './slot-fixture.js';

let service: TestService;
beforeAll(async () => {
  service = await startService();
}, 60_000);
afterAll(() => service.stop());

const DS = { account: 'scheduler.hosp1' };
const FREED = extensionUrl('slot-freed');

const appointmentOf = async ({ task }: Moved): Promise<Appointment> => {
  const reference = task.output
    ?.filter(({ valueReference }) => valueReference?.reference?.startsWith('Appointment/'))
    .at(-1);
  return (await service.call<Appointment>('scheduler.hosp1', 'GET', reference?.valueReference?.reference ?? '')).body;
};
const verdict = ({ answer }: Moved): [number, string | undefined] => [answer.status, errorCode(answer)];
const serviceOf = (alias: string, specialty: string): string =>
  `HealthcareService/${serviceId(facilityByAlias(alias)?.rups ?? '', specialty)}`;
const ofType = <T extends Resource>({ entry = [] }: Bundle, type: T['resourceType']): T[] =>
  entry.flatMap(({ resource }) => (resource?.resourceType === type ? [resource as T] : []));

/** A resource as it would stand after some time, without a move. */
async function restore(like: Resource & { id: string }, change: object): Promise<void> {
  const { store } = service.context;
  const { resourceType: type, id } = like;
  const stored = (await store.read(type, id))!;
  const changed = { ...(JSON.parse(stored.json) as Resource & { id: string }), ...change };
  const doc = toStored(service.context, changed as Resource & { id: string }, { previous: stored });
  await service.db.collection<{ _id: string }>(type).replaceOne({ _id: id }, doc);
}

const expressions = ({ answer }: Moved): (string | undefined)[] =>
  (answer.body as unknown as OperationOutcome).issue.map(({ expression }) => expression?.[0]);

describe('an agenda', () => {
  it('gets slots on the days and hours that are asked for, once', async () => {
    const [from, to] = [dayFromNow(10), dayFromNow(16)];
    const body = pattern({ from, to, holidays: [dayFromNow(12)] });
    const first = await makeSlots(service, body);
    expect([first.status, numberIn(first, 'created'), numberIn(first, 'existing')]).toEqual([200, 6 * 4, 0]);
    const again = await makeSlots(service, body);
    expect([again.status, numberIn(again, 'created'), numberIn(again, 'existing')]).toEqual([200, 0, 6 * 4]);
    expect(await slotsOf(service, dayFromNow(12))).toEqual([]);
    const slots = await slotsOf(service, from);
    expect(slots.map(({ start, end, status }) => [start, end, status])).toEqual(
      ['08:00', '08:30', '09:00', '09:30'].map((clock, index, all) => [
        `${from}T${clock}:00-06:00`,
        `${from}T${all[index + 1] ?? '10:00'}:00-06:00`,
        'free',
      ]),
    );
    // Others that would overlap stay away; those beside them come.
    const finer = await makeSlots(service, pattern({ from, start: '07:45:00', end: '10:30:00', minutes: 15 }));
    expect([numberIn(finer, 'created'), numberIn(finer, 'existing')]).toEqual([3, 8]);
    const schedules = await service.call<Bundle>('clerk.hosp1', 'GET', `Schedule?actor=${anyService('hosp1')}`);
    expect(schedules.body.entry).toHaveLength(1);
    const agenda = schedules.body.entry?.[0]?.resource as Schedule;
    expect(agenda.actor.map(({ reference }) => reference?.split('/')[0])).toEqual(['HealthcareService', 'Location']);
  });

  it('is one, with each slot once, when many make it at the same moment', async () => {
    const of = anyService('hosp2');
    const body = pattern({ from: dayFromNow(3), to: dayFromNow(5) });
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => makeSlots(service, body, { account: 'scheduler.hosp2', of })),
    );
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
    const created = answers.map((answer) => numberIn(answer, 'created') ?? 0);
    expect([...created].sort((a, b) => b - a)).toEqual([12, 0, 0, 0, 0, 0, 0, 0]);
    const found = await service.call<Bundle>('clerk.hosp2', 'GET', `Schedule?actor=${of}`);
    expect(found.body.entry).toHaveLength(1);
  });

  it('is one person’s, too', async () => {
    const more = [{ name: 'practitioner', valueReference: { reference: post('specialist.hosp1') } }];
    const answer = await makeSlots(service, pattern({ from: dayFromNow(20), more }));
    expect(numberIn(answer, 'created')).toBe(4);
    const foreign = [{ name: 'practitioner', valueReference: { reference: post('specialist.hosp2') } }];
    const refused = await makeSlots(service, pattern({ from: dayFromNow(21), more: foreign }));
    expect([refused.status, errorCode(refused)]).toEqual([422, 'rule-broken']);
  });

  it.each([
    ['too many', { to: dayFromNow(200), start: '07:00:00', end: '19:00:00', minutes: 5 }, 'to'],
    ['too long a period', { to: dayFromNow(500) }, 'to'],
    ['a period in the wrong order', { to: dayFromNow(-1) }, 'to'],
    ['a holiday that is no day', { holidays: ['2026'] }, 'holiday'],
    ['hours in the wrong order', { start: '10:00:00', end: '08:00:00' }, 'hours'],
    ['slots of no length', { minutes: 0 }, 'minutes'],
    ['a day that does not exist', { weekdays: ['monday'] }, 'weekday'],
  ])('says what is wrong with %s', async (_what, more, place) => {
    const answer = await makeSlots(service, pattern({ from: dayFromNow(1), ...more }));
    const { issue } = answer.body as unknown as OperationOutcome;
    expect([answer.status, issue.map(({ expression }) => expression?.[0])]).toEqual([422, [place]]);
    expect(issue[0]?.details?.text).toMatch(/\p{L}{3}/u);
  });

  it('has no slots on the holidays in force, unless they are asked for', async () => {
    const year = new Date().getUTCFullYear() + 1;
    const skip = { from: `${year}-01-01`, nationalHolidays: 'skip', start: '05:00:00', end: '05:30:00' } as const;
    const none = await makeSlots(service, pattern(skip));
    const named = none.body.parameter?.filter(({ name }) => name === 'holiday').map(({ valueDate }) => valueDate);
    expect([none.status, numberIn(none, 'created'), named]).toEqual([200, 0, [`${year}-01-01`]]);
    const { nationalHolidays: _skip, ...all } = skip;
    expect(numberIn(await makeSlots(service, pattern(all)), 'created')).toBe(1);
  });

  it('leaves out what has passed', async () => {
    const answer = await makeSlots(service, pattern({ from: dayFromNow(-2), to: dayFromNow(-1) }));
    expect([answer.status, numberIn(answer, 'created'), numberIn(answer, 'past')]).toEqual([200, 0, 8]);
  });

  it('has few stretches a day: more are refused before a slot is counted', async () => {
    const body = pattern({ from: dayFromNow(40) });
    const hours = body.parameter?.filter(({ name }) => name === 'hours') ?? [];
    const many = { ...body, parameter: [...(body.parameter ?? []), ...Array.from({ length: 10 }, () => hours).flat()] };
    const answer = await makeSlots(service, many);
    expect([answer.status, answer.text.includes('"hours"')]).toEqual([422, true]);
  });

  it('is made by its own facility’s scheduler only', async () => {
    const body = pattern({ from: dayFromNow(30) });
    for (const [account, status, code] of [
      ['uau.hosp1', 200, undefined],
      ['clerk.hosp1', 403, 'role-forbidden'],
      ['specialist.hosp1', 403, 'role-forbidden'],
      ['scheduler.hosp2', 403, 'move-role'],
      ['system.hosp1', 422, 'field-missing'],
    ] as const) {
      const answer = await makeSlots(service, body, { account });
      expect([account, answer.status, errorCode(answer)]).toEqual([account, status, code]);
    }
    const named = {
      ...body,
      parameter: [...(body.parameter ?? []), { name: 'actor', valueReference: { reference: post('scheduler.hosp1') } }],
    };
    expect((await makeSlots(service, named, { account: 'system.hosp1' })).status).toBe(200);
    expect((await makeSlots(service, body, { of: 'HealthcareService/nobody' })).status).toBe(404);
  });
});

describe('the slots of a facility', () => {
  it('are found by search: free ones of an agenda from a moment', async () => {
    const day = dayFromNow(10);
    const [slot] = await slotsOf(service, day);
    const query = `Slot?schedule=${slot?.schedule.reference}&status=free&start=ge${day}T08:30:00-06:00&start=lt${day}T10:00:00-06:00&_sort=start`;
    const { status, body } = await service.call<Bundle>('clinician.uaps1', 'GET', query);
    expect([status, body.entry?.map(({ resource }) => (resource as Slot).start.slice(11, 16))]).toEqual([
      200,
      ['08:30', '09:00', '09:30'],
    ]);
  });

  it('say what is wrong with a question', async () => {
    for (const [query, code] of [
      ['from=ayer', 'parameter-value'],
      ['to=2020-01-01', 'parameter-value'],
      ['to=2030-01-01', 'parameter-value'],
      ['status=lost', 'parameter-value'],
      ['status=free&status=busy', 'parameter-value'],
      ['service=%24ne', 'parameter-value'],
      ['_count=0', 'parameter-value'],
      ['_count=501', 'parameter-value'],
      ['patient=1', 'parameter-unknown'],
    ] as const) {
      const answer = await service.call('clerk.hosp1', 'GET', `Organization/${facility('hosp1')}/$agenda?${query}`);
      expect([query, answer.status, errorCode(answer)]).toEqual([query, 400, code]);
    }
    const foreign = await service.call('clerk.hosp2', 'GET', `Organization/${facility('hosp1')}/$agenda`);
    expect([foreign.status, errorCode(foreign)]).toEqual([403, 'facility-foreign']);
  });

  it('cost what is shown, however many lie before and after', async () => {
    const { store } = service.context;
    const agendas = await agendasOf(store, facility('hosp1'));
    const day = localDay(dayFromNow(10))!;
    const filter = slotsWithin(
      agendas.map(({ schedule }) => schedule.id),
      ['free', 'busy'],
      { from: day.start, to: day.end },
    );
    const plan = await store.explain('Slot', filter, { sort: { 'k.start': 1, _id: 1 }, limit: 100, hint: 'tok' });
    const { totalDocsExamined, nReturned } = plan['executionStats'] as { totalDocsExamined: number; nReturned: number };
    expect(JSON.stringify((plan['queryPlanner'] as { winningPlan: unknown }).winningPlan)).not.toContain('COLLSCAN');
    expect([nReturned, totalDocsExamined]).toEqual([7, 7]);
    expect(await service.db.collection('Slot').countDocuments()).toBeGreaterThan(30);
  });
});

describe('a booking on a slot', () => {
  const day = dayFromNow(40);
  let slots: (Slot & { id: string })[];
  beforeAll(async () => {
    await makeSlots(service, pattern({ from: day, to: dayFromNow(41), start: '07:00:00', end: '13:00:00' }));
    slots = await slotsOf(service, day);
  });
  const next = (): Slot & { id: string } => slots.shift()!;

  it('needs nothing but the slot: it says when, where and with whom', async () => {
    const slot = next();
    const booked = await book(service, await waiting(service), slot.id);
    expect([booked.answer.status, booked.state]).toEqual([200, 'scheduled']);
    const appointment = await appointmentOf(booked);
    expect([appointment.start, appointment.end, appointment.slot]).toEqual([
      slot.start,
      slot.end,
      [{ reference: `Slot/${slot.id}` }],
    ]);
    const actors = appointment.participant.map(({ actor }) => actor?.reference?.split('/')[0]);
    expect(actors).toEqual(['Patient', 'HealthcareService', 'Location']);
    expect((await readSlot(service, slot.id)).status).toBe('busy');
    const agenda = `Organization/${facility('hosp1')}/$agenda?from=${day}&to=${day}&status=busy`;
    const { body } = await service.call<Bundle>('scheduler.hosp1', 'GET', agenda);
    expect(new Set(body.entry?.map(({ resource }) => resource?.resourceType))).toEqual(
      new Set(['Slot', 'Schedule', 'HealthcareService', 'Location', 'Appointment', 'Patient']),
    );
  });

  it('is refused with words when it does not fit', async () => {
    const slot = next();
    const before = await waiting(service);
    const asked = (id: string, more: readonly ParametersParameter[] = []) =>
      move(service, before, 'book', DS, onSlot(id, more));
    const none = await asked('nothing');
    expect(verdict(none)).toEqual([422, 'reference-not-found']);
    const other = await asked(slot.id, [{ name: 'start', valueDateTime: `${day}T05:00:00-06:00` }]);
    expect([verdict(other), expressions(other)]).toEqual([[422, 'rule-broken'], ['start']]);
    const same = await asked(slot.id, [{ name: 'start', valueDateTime: new Date(slot.start).toISOString() }]);
    expect(verdict(same)).toEqual([200, undefined]);
    const taken = await book(service, await waiting(service), slot.id);
    expect(verdict(taken)).toEqual([409, 'slot-taken']);
  });

  it('is refused on a slot of another facility, and on one that has passed', async () => {
    const before = await waiting(service);
    const path = `Organization/${facility('hosp2')}/$agenda?from=${dayFromNow(3)}&to=${dayFromNow(4)}`;
    const { body } = await service.call<Bundle>('scheduler.hosp2', 'GET', path);
    const foreign = await move(service, before, 'book', DS, onSlot(body.entry?.[0]?.resource?.id ?? ''));
    expect([verdict(foreign), expressions(foreign)]).toEqual([[422, 'rule-broken'], ['slot']]);
    const past = await storePast(slots[0]!);
    const late = await move(service, before, 'book', DS, onSlot(past.id));
    expect([verdict(late), expressions(late)]).toEqual([[422, 'rule-broken'], ['slot']]);
    expect((await readSlot(service, past.id)).status).toBe('free');
  });

  it('without a slot still needs everything', async () => {
    const refused = await move(service, await waiting(service), 'book', DS);
    expect(verdict(refused)).toEqual([422, 'field-missing']);
    expect(expressions(refused)).toEqual(['start', 'end', 'participant', 'location', 'contactResult']);
  });

  it('gives the slot back when it is cancelled or changed, and is not missed before its hour', async () => {
    const [first, second] = [next(), next()];
    const booked = await book(service, await waiting(service), first.id);
    const changed = await reschedule(service, booked, second.id);
    expect(verdict(changed)).toEqual([200, undefined]);
    const free = await readSlot(service, first.id);
    expect([free.status, free.extension?.map(({ url }) => url)]).toEqual(['free', [FREED]]);
    expect((await readSlot(service, second.id)).status).toBe('busy');
    const cancelled = await move(service, changed, 'cancel-appointment', DS, [because('patient-transport')]);
    expect([cancelled.state, (await readSlot(service, second.id)).status]).toEqual(['appointment-cancelled', 'free']);
    // The same slot again: what was freed can be given, and is no "cupo perdido" any more.
    const again = await book(service, cancelled, second.id);
    expect([again.state, (await readSlot(service, second.id)).extension]).toEqual(['scheduled', undefined]);
    const missed = await move(service, again, 'no-show', DS, [
      { name: 'reason', valueCoding: { system: codeSystemUrl('no-show-reason'), code: 'unknown' } },
    ]);
    expect([verdict(missed), (await readSlot(service, second.id)).status]).toEqual([[422, 'too-early'], 'busy']);
  });

  it('keeps the slot of a visit that was missed in its time', async () => {
    const slot = next();
    const booked = await book(service, await waiting(service), slot.id);
    await moveToThePast(slot);
    const { id = '' } = await appointmentOf(booked);
    await moveToThePast({ ...slot, id }, 'Appointment');
    const missed = await move(service, booked, 'no-show', DS, [
      { name: 'reason', valueCoding: { system: codeSystemUrl('no-show-reason'), code: 'forgot' } },
    ]);
    expect([missed.state, (await readSlot(service, slot.id)).status]).toEqual(['no-show', 'busy']);
  });

  it('is held by a plain appointment, too', async () => {
    const slot = next();
    const before = await waiting(service);
    const appointment: Appointment = {
      resourceType: 'Appointment',
      status: 'booked',
      start: slot.start,
      end: slot.end,
      slot: [{ reference: `Slot/${slot.id}` }],
      participant: [{ actor: before.referral.subject as never, status: 'accepted' }],
    };
    const plain = await service.call('scheduler.hosp1', 'POST', 'Appointment', { body: appointment });
    expect([plain.status, (await readSlot(service, slot.id)).status]).toEqual([201, 'busy']);
    expect(verdict(await book(service, before, slot.id))).toEqual([409, 'slot-taken']);
    const { id } = plain.body as unknown as Appointment;
    const cancelled = { ...plain.body, status: 'cancelled', cancelationReason: { text: 'No puede' } };
    const ended = await service.call('scheduler.hosp1', 'PUT', `Appointment/${id}`, { body: cancelled });
    const freed = await readSlot(service, slot.id);
    expect([ended.status, freed.status, freed.extension?.[0]?.url]).toEqual([200, 'free', FREED]);
    expect((await book(service, before, slot.id)).state).toBe('scheduled');
  });

  it('stays the person’s own when the visit is changed at the same hour', async () => {
    const slot = next();
    const booked = await book(service, await waiting(service), slot.id);
    const { body } = await service.call<Schedule>('scheduler.hosp1', 'GET', slot.schedule.reference ?? '');
    const actor = (type: string) => body.actor.find(({ reference }) => reference?.startsWith(type))?.reference ?? '';
    const changed = await move(service, booked, 'reschedule', DS, [
      because('provider-schedule'),
      { name: 'start', valueDateTime: slot.start },
      { name: 'end', valueDateTime: slot.end },
      { name: 'participant', valueReference: { reference: actor('HealthcareService') } },
      { name: 'participant', valueReference: { reference: post('specialist.hosp1') } },
      { name: 'location', valueReference: { reference: actor('Location') } },
      { name: 'contactResult', valueString: 'Avisado en persona' },
    ]);
    const { id, slot: held } = await appointmentOf(changed);
    expect([changed.answer.status, id === (await appointmentOf(booked)).id]).toEqual([200, false]);
    expect([held, (await readSlot(service, slot.id)).status]).toEqual([[{ reference: `Slot/${slot.id}` }], 'busy']);
    expect(verdict(await book(service, await waiting(service), slot.id))).toEqual([409, 'slot-taken']);
    await move(service, changed, 'cancel-appointment', DS, [because('other')]);
    expect((await readSlot(service, slot.id)).status).toBe('free');
    slots.unshift(slot);
  });

  it('is taken by no plain appointment of another facility, nor with a whole agenda', async () => {
    const slot = next();
    const { referral } = await waiting(service);
    const of = (slots: readonly string[]): Appointment => ({
      resourceType: 'Appointment',
      status: 'booked',
      start: slot.start,
      end: slot.end,
      slot: slots.map((id) => ({ reference: `Slot/${id}` })),
      participant: [{ actor: referral.subject as never, status: 'accepted' }],
    });
    const plain = (account: string, body: Appointment) => service.call(account, 'POST', 'Appointment', { body });
    const foreign = await plain('clerk.uaps1', of([slot.id]));
    expect([foreign.status, errorCode(foreign)]).toEqual([422, 'rule-broken']);
    // Taken later, by a change of what held nothing, it is the same.
    const proposed = await plain('clerk.uaps1', { ...of([slot.id]), status: 'proposed' });
    const { id } = proposed.body as unknown as Appointment;
    const later = await service.call('clerk.uaps1', 'PUT', `Appointment/${id}`, {
      body: { ...proposed.body, status: 'booked' },
    });
    expect([proposed.status, later.status]).toEqual([201, 422]);
    const many = await plain('scheduler.hosp1', of(Array.from({ length: 21 }, (_, index) => `none-${index}`)));
    expect([many.status, many.text.includes('20')]).toEqual([422, true]);
    expect((await readSlot(service, slot.id)).status).toBe('free');
  });

  it('that changes while a plain appointment takes it is looked at again', async () => {
    const slot = next();
    const { referral } = await waiting(service);
    const { store } = service.context;
    const write = store.write.bind(store);
    store.write = async (plan) => {
      store.write = write;
      await service.call('conformance', 'PUT', `Slot/${slot.id}`, { body: { ...slot, comment: 'Consultorio 4' } });
      return write(plan);
    };
    const body: Appointment = {
      resourceType: 'Appointment',
      status: 'booked',
      start: slot.start,
      end: slot.end,
      slot: [{ reference: `Slot/${slot.id}` }],
      participant: [{ actor: referral.subject as never, status: 'accepted' }],
    };
    const plain = await service.call('scheduler.hosp1', 'POST', 'Appointment', { body });
    const now = await readSlot(service, slot.id);
    expect([plain.status, now.status, now.comment]).toEqual([201, 'busy', 'Consultorio 4']);
  });

  it('with a typed time takes the free slot of that very time, and warns of a visit of whoever attends that overlaps', async () => {
    const slot = next();
    const { body } = await service.call<Schedule>('scheduler.hosp1', 'GET', slot.schedule.reference ?? '');
    const actor = (type: string) => body.actor.find(({ reference }) => reference?.startsWith(type))?.reference ?? '';
    const typed = (start: string, end: string) => [
      { name: 'start', valueDateTime: start },
      { name: 'end', valueDateTime: end },
      { name: 'participant', valueReference: { reference: actor('HealthcareService') } },
      { name: 'participant', valueReference: { reference: post('specialist.hosp1') } },
      { name: 'location', valueReference: { reference: actor('Location') } },
      { name: 'contactResult', valueString: 'Avisado en persona' },
    ];
    const booked = await move(service, await waiting(service), 'book', DS, typed(slot.start, slot.end));
    expect((await appointmentOf(booked)).slot?.[0]?.reference).toBe(`Slot/${slot.id}`);
    expect((await readSlot(service, slot.id)).status).toBe('busy');
    expect(booked.answer.text).not.toContain('practitioner-busy');
    // The slot is gone and nobody is refused: the visit stands beside the agenda, with a warning.
    const later = new Date(Date.parse(slot.start) + 600_000).toISOString();
    const beside = await move(service, await waiting(service), 'book', DS, typed(later, slot.end));
    const outcome = beside.answer.body.parameter?.find(({ name }) => name === 'outcome')?.resource as OperationOutcome;
    const busy = outcome.issue.find(({ details }) => details?.coding?.[0]?.code === 'practitioner-busy');
    expect([beside.state, busy?.severity, busy?.expression]).toEqual(['scheduled', 'warning', ['participant']]);
    expect((await appointmentOf(beside)).slot).toBeUndefined();
  });

  it('warns of another visit on that day at another facility, and books', async () => {
    const ana = await waiting(service);
    const subject = ana.referral.subject.reference ?? '';
    const other = await send(
      service,
      'system.uaps1',
      submission(order({ subject, destination: `Organization/${facility('hosp2')}` })),
    );
    const received = await move(service, other, 'receive', { account: 'clerk.hosp2' });
    const accepted = await move(service, received, 'accept', { account: 'triage.hosp2' }, FIELDS.accept);
    const place = await service.call<Bundle>(
      'clerk.hosp2',
      'GET',
      `Location?organization=Organization/${facility('hosp2')}`,
    );
    const fields = booking(`Location/${place.body.entry?.[0]?.resource?.id}`).map((field) =>
      field.name === 'start' || field.name === 'end'
        ? { name: field.name, valueDateTime: `${day}T${field.name === 'start' ? '13:00' : '13:30'}:00-06:00` }
        : field.name === 'participant'
          ? { name: field.name, valueReference: { reference: post('specialist.hosp2') } }
          : field,
    );
    const away = await move(service, accepted, 'book', { account: 'scheduler.hosp2' }, fields);
    expect(verdict(away)).toEqual([200, undefined]);
    const here = await book(service, ana, next().id);
    expect([here.answer.status, here.state]).toEqual([200, 'scheduled']);
    const outcome = here.answer.body.parameter?.find(({ name }) => name === 'outcome')?.resource as OperationOutcome;
    expect(outcome.issue.map(({ severity, details }) => [severity, details?.coding?.[0]?.code])).toEqual([
      ['warning', 'same-day-visit'],
    ]);
    expect(outcome.issue[0]?.details?.text).toContain('13:00 a 13:30');
    const alone = await book(service, await waiting(service), next().id);
    expect(alone.answer.body.parameter?.some(({ name }) => name === 'outcome')).toBe(false);
  });

  /** The same slot a day ago, as if time had passed. */
  async function storePast(like: Slot & { id: string }): Promise<Slot & { id: string }> {
    const at = (time: string): string => new Date(Date.parse(time) - 60 * 86_400_000).toISOString();
    const past = { ...like, id: `${like.id.slice(0, 4)}-past`, start: at(like.start), end: at(like.end) };
    await service.context.store.load('Slot', [toStored(service.context, past)], 'load');
    return past;
  }

  async function moveToThePast(slot: Slot & { id: string }, type: 'Slot' | 'Appointment' = 'Slot'): Promise<void> {
    const { store } = service.context;
    const stored = (await store.read(type, slot.id))!;
    const now = JSON.parse(stored.json) as Slot & { id: string };
    const at = (time: string): string => new Date(Date.parse(time) - 60 * 86_400_000).toISOString();
    const doc = toStored(service.context, { ...now, start: at(now.start), end: at(now.end) }, { previous: stored });
    await service.db.collection<{ _id: string }>(type).replaceOne({ _id: slot.id }, doc);
  }
});

describe('a contact attempt', () => {
  const attempt = [
    { name: 'medium', valueCode: 'phone' },
    { name: 'reached', valueBoolean: false },
    { name: 'reason', valueCode: 'no-answer' },
  ];

  it('is written down while a missed or cancelled appointment waits for another, too', async () => {
    const day = dayFromNow(50);
    await makeSlots(service, pattern({ from: day }));
    const [slot] = await slotsOf(service, day);
    const booked = await book(service, await waiting(service), slot!.id);
    const { participant } = await appointmentOf(booked);
    const place = participant.find(({ actor }) => actor?.reference?.startsWith('Location/'))?.actor?.reference ?? '';
    const cancelled = await move(service, booked, 'cancel-appointment', DS, [because('other')]);
    const tried = await move(service, cancelled, 'contact-attempt', DS, attempt);
    expect([tried.answer.status, tried.state]).toEqual([200, 'appointment-cancelled']);
    expect(tried.task.restriction?.period?.end).toBe(cancelled.task.restriction?.period?.end);
    const begun = booking(place).map((field) =>
      field.name === 'start' ? { name: 'start', valueDateTime: new Date(Date.now() - 60_000).toISOString() } : field,
    );
    const again = await move(service, tried, 'book', DS, begun);
    const missed = await move(service, again, 'no-show', DS, [
      { name: 'reason', valueCoding: { system: codeSystemUrl('no-show-reason'), code: 'unknown' } },
    ]);
    const twice = await move(service, missed, 'contact-attempt', DS, attempt);
    expect([twice.answer.status, twice.state]).toEqual([200, 'no-show']);
    expect(twice.task.extension?.filter(({ url }) => url === extensionUrl('contact-attempt'))).toHaveLength(2);
  });
});

describe('the patient', () => {
  const PT = { account: 'patient.1' };
  const OTHER = { account: 'patient.2' };
  const mine = `Patient/${demoPatientId('patient.1')}`;
  const cardiology = serviceOf('hosp1', 'cardiologia');
  const day = dayFromNow(70);
  let slots: (Slot & { id: string })[];
  let otherSlots: (Slot & { id: string })[];
  const next = (): Slot & { id: string } => slots.shift()!;
  const slot = (id: string) => [{ name: 'slot', valueReference: { reference: `Slot/${id}` } }];

  beforeAll(async () => {
    await makeSlots(service, pattern({ from: day, start: '12:00:00', end: '17:00:00' }), { of: cardiology });
    await makeSlots(service, pattern({ from: dayFromNow(71) }));
    slots = await slotsOf(service, day, 'free');
    otherSlots = await slotsOf(service, dayFromNow(71), 'free');
  });

  const scheduled = async (id: string): Promise<Moved> => {
    const bundle = submission(order({ subject: mine }));
    const entry = bundle.entry?.filter(({ resource }) => resource?.resourceType !== 'Patient') ?? [];
    const sent = await send(service, 'clinician.uaps1', { ...bundle, entry });
    const received = await move(service, sent, 'receive', { account: 'clerk.hosp1' });
    return book(service, await move(service, received, 'accept', { account: 'triage.hosp1' }, FIELDS.accept), id);
  };
  const actions = async ({ task }: Moved, account: string): Promise<readonly (readonly (string | undefined)[])[]> => {
    const { body } = await service.call<Parameters>(account, 'GET', `Task/${task.id}/$available-actions`);
    return (body.parameter ?? []).flatMap(({ name, part = [] }) =>
      name === 'action'
        ? [part.flatMap(({ name: key, valueCode, valueString }) => (key === 'url' ? [] : [valueCode ?? valueString]))]
        : [],
    );
  };

  it('changes the own appointment to a free slot of the service, and both sides see who did it', async () => {
    const [before, after] = [next(), next()];
    const booked = await scheduled(before.id);
    expect(await actions(booked, 'patient.1')).toEqual([
      ['reschedule', 'reason', 'slot'],
      ['cancel-appointment', 'reason'],
    ]);
    const changed = await move(service, booked, 'reschedule', PT, [because('patient-transport'), ...slot(after.id)]);
    expect([...verdict(changed), changed.state], changed.answer.text).toEqual([200, undefined, 'scheduled']);
    expect((await appointmentOf(changed)).start).toBe(after.start);
    // The lost slot is offered on.
    const free = await readSlot(service, before.id);
    expect([free.status, free.extension?.map(({ url }) => url)]).toEqual(['free', [FREED]]);
    for (const account of ['clinician.uaps1', 'scheduler.hosp1']) {
      const path = `Provenance?target=ServiceRequest/${changed.referral.id}&_count=50`;
      const { body } = await service.call<Bundle>(account, 'GET', path);
      const trail = ofType<Provenance>(body, 'Provenance').find(
        ({ activity }) => activity?.coding?.[0]?.code === 'reschedule',
      );
      expect(trail?.agent[0]?.who).toEqual({ reference: mine });
    }
    const record = { sub: '$reschedule', who: 'patient.1', 'det.from': 'scheduled', 'det.to': 'scheduled' };
    expect(await service.db.collection('audit').countDocuments(record)).toBe(1);
  });

  it('cancels the own appointment with a reason, and the slot is free for the next', async () => {
    const taken = next();
    const booked = await scheduled(taken.id);
    const wrong = await move(service, booked, 'cancel-appointment', PT, [because('provider-absent')]);
    expect([...verdict(wrong), ...expressions(wrong)]).toEqual([422, 'rule-broken', 'reason']);
    const without = await service.call('patient.1', 'POST', `Task/${booked.task.id}/$cancel-appointment`, {
      body: { resourceType: 'Parameters', parameter: [because('patient-unwell')] },
    });
    expect([without.status, (await readSlot(service, taken.id)).status]).toEqual([428, 'busy']);
    const cancelled = await move(service, booked, 'cancel-appointment', PT, [because('patient-unwell')]);
    expect([...verdict(cancelled), cancelled.state]).toEqual([200, undefined, 'appointment-cancelled']);
    expect((await readSlot(service, taken.id)).status).toBe('free');
    expect(await actions(cancelled, 'patient.1')).toEqual([]);
    const again = await move(service, cancelled, 'cancel-appointment', PT, [because('patient-unwell')]);
    expect(verdict(again)).toEqual([422, 'move-not-allowed']);
  });

  it('gives no day and hour of their own, and takes only what is offered', async () => {
    const [before, taken] = [next(), next()];
    const booked = await scheduled(before.id);
    await scheduled(taken.id);
    const asked = (more: ParametersParameter[]) =>
      move(service, booked, 'reschedule', PT, [because('patient-work-family'), ...more]);
    const own = await asked([{ name: 'start', valueDateTime: `${day}T05:00:00-06:00` }]);
    expect(verdict(own)).toEqual([400, 'operation-parameter']);
    expect([verdict(await asked([])), expressions(await asked([]))]).toEqual([[422, 'field-missing'], ['slot']]);
    expect(verdict(await asked(slot(taken.id)))).toEqual([409, 'slot-taken']);
    const foreign = await asked(slot(otherSlots[0]!.id));
    expect([...verdict(foreign), ...expressions(foreign)]).toEqual([422, 'rule-broken', 'slot']);
    const soon = next();
    const start = new Date(Date.now() + 60_000).toISOString();
    await restore(soon, { start, end: new Date(Date.now() + 120_000).toISOString() });
    const late = await asked(slot(soon.id));
    expect([...verdict(late), ...expressions(late)]).toEqual([422, 'rule-broken', 'slot']);
    expect((await readSlot(service, before.id)).status).toBe('busy');
  });

  it('cannot change what has begun', async () => {
    const taken = next();
    const booked = await scheduled(taken.id);
    const appointment = await appointmentOf(booked);
    await restore(appointment as Appointment & { id: string }, { start: new Date(Date.now() - 60_000).toISOString() });
    const late = await move(service, booked, 'cancel-appointment', PT, [because('patient-unwell')]);
    expect(verdict(late)).toEqual([422, 'rule-broken']);
  });

  it('does not see, and cannot move, what is another person’s', async () => {
    const booked = await scheduled(next().id);
    for (const name of ['cancel-appointment', 'reschedule']) {
      const refused = await move(service, booked, name, OTHER, [because('patient-unwell')]);
      expect(verdict(refused)).toEqual([404, 'not-found']);
    }
    const look = await service.call('patient.2', 'GET', `Task/${booked.task.id}/$available-actions`);
    expect(look.status).toBe(404);
    for (const name of ['book', 'no-show', 'accept'])
      expect(verdict(await move(service, booked, name, PT))).toEqual([403, 'move-role']);
    const refusals = { who: 'patient.2', out: '4', ent: `Task/${booked.task.id}` };
    expect(await service.db.collection('audit').countDocuments(refusals)).toBe(3);
  });

  it('acts through whoever stands in for them, by name', async () => {
    const guardian = { name: 'Rosa López', relationship: 'madre' };
    const booked = await scheduled(next().id);
    await service.db.collection<{ _id: string }>('accounts').updateOne({ _id: 'patient.1' }, { $set: { guardian } });
    try {
      await sleep(1_100);
      const done = await move(service, booked, 'cancel-appointment', PT, [because('patient-unwell')]);
      const path = `Provenance?target=ServiceRequest/${done.referral.id}&_count=50`;
      const { body } = await service.call<Bundle>('scheduler.hosp1', 'GET', path);
      const trail = ofType<Provenance>(body, 'Provenance').find(
        ({ activity }) => activity?.coding?.[0]?.code === 'cancel-appointment',
      );
      expect(trail?.agent[0]).toMatchObject({
        who: { display: 'Rosa López (madre)' },
        onBehalfOf: { reference: mine },
      });
    } finally {
      await service.db
        .collection<{ _id: string }>('accounts')
        .updateOne({ _id: 'patient.1' }, { $unset: { guardian: '' } });
    }
  });
});
