import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Appointment, Bundle, Slot } from '@medplum/fhirtypes';
import { startService, type TestService } from '../support/service.js';
import { errorCode, type Moved } from '../service/referral/referral-fixture.js';
import {
  book,
  dayFromNow,
  makeSlots,
  pattern,
  readSlot,
  reschedule,
  slotsOf,
  waiting,
} from '../service/referral/slot-fixture.js';

const PARALLEL = 50;

let service: TestService;
let slots: string[];
let people: Moved[];

beforeAll(async () => {
  service = await startService();
  await makeSlots(service, pattern({ from: dayFromNow(5), start: '07:00:00', end: '12:00:00' }));
  slots = (await slotsOf(service, dayFromNow(5))).map(({ id }) => id);
  people = await Promise.all(Array.from({ length: PARALLEL }, () => waiting(service)));
}, 120_000);
afterAll(() => service.stop());

const tally = (found: readonly Moved[]): Record<string, number> =>
  found.reduce<Record<string, number>>((sum, { answer }) => {
    const key = `${answer.status} ${errorCode(answer) ?? ''}`.trim();
    return { ...sum, [key]: (sum[key] ?? 0) + 1 };
  }, {});

async function all<T>(query: string): Promise<T[]> {
  const { body } = await service.call<Bundle>('conformance', 'GET', `${query}&_count=200`);
  return (body.entry ?? []).map(({ resource }) => resource as T);
}

/** A busy slot has one holder, a free one none; every referral that is booked has one appointment in force. */
async function assertWhole(): Promise<void> {
  const [found, booked, legs] = await Promise.all([
    all<Slot>('Slot?status=free,busy'),
    all<Appointment>('Appointment?status=booked'),
    all<Moved['task']>('Task?code=fulfill'),
  ]);
  expect([found.length, legs.length]).toEqual([slots.length, people.length]);
  for (const { id, status } of found) {
    const holders = booked.filter(({ slot }) => slot?.[0]?.reference === `Slot/${id}`);
    expect([id, status, holders.length]).toEqual([id, status, status === 'busy' ? 1 : 0]);
  }
  for (const { focus, businessStatus, output = [] } of legs) {
    const own = booked.filter(({ basedOn }) => basedOn?.[0]?.reference === focus?.reference);
    const isBooked = businessStatus?.coding?.[0]?.code === 'scheduled';
    expect([focus?.reference, own.length]).toEqual([focus?.reference, isBooked ? 1 : 0]);
    const inForce = output.flatMap(({ valueReference }) => valueReference?.reference ?? []).at(-1);
    if (isBooked) expect(inForce).toBe(`Appointment/${own[0]?.id}`);
  }
}

describe('many on one slot', () => {
  it(`one of ${PARALLEL} bookings wins, the others are told that it is taken, and nothing of them is written`, async () => {
    const [slot = ''] = slots;
    const before = await service.db.collection('history').countDocuments();
    const answers = await Promise.all(people.map((one) => book(service, one, slot)));
    expect(tally(answers)).toEqual({ 200: 1, '409 slot-taken': PARALLEL - 1 });
    const winner = answers.findIndex(({ answer }) => answer.status === 200);
    people[winner] = answers[winner]!;
    // Slot, Appointment, Task, Provenance of the one that won.
    expect(await service.db.collection('history').countDocuments()).toBe(before + 4);
    expect(await service.db.collection('claims').countDocuments({ ref: /^Appointment\// })).toBe(1);
    await assertWhole();
  });

  it('changes between many referrals and few slots lose none and give none twice', async () => {
    const moved = people.slice(0, 8);
    for (const [index, one] of moved.entries()) {
      const slot = slots[index + 1]!;
      const now = one.state === 'scheduled' ? await reschedule(service, one, slot) : await book(service, one, slot);
      expect(now.answer.status).toBe(200);
      people[index] = now;
    }
    // Two slots are free: each round all want the slot of the next one, or a free one.
    for (let round = 0; round < 4; round += 1) {
      const answers = await Promise.all(
        people.slice(0, 8).map((one, index) => reschedule(service, one, slots[(index + round + 2) % slots.length]!)),
      );
      for (const [index, answer] of answers.entries()) {
        const allowed = answer.answer.status === 200 || errorCode(answer.answer) === 'slot-taken';
        expect([answer.answer.status, errorCode(answer.answer), allowed]).toEqual([
          answer.answer.status,
          errorCode(answer.answer),
          true,
        ]);
        if (answer.answer.status === 200) people[index] = answer;
      }
    }
    await assertWhole();
  });

  it('an exchange of two slots at the same moment leaves each with one', async () => {
    const [a, b] = [people[0]!, people[1]!];
    const of = async ({ referral }: Moved): Promise<string> => {
      const path = `Appointment?based-on=ServiceRequest/${referral.id}&status=booked`;
      const { body } = await service.call<Bundle>('conformance', 'GET', path);
      return (body.entry?.[0]?.resource as Appointment).slot?.[0]?.reference?.slice('Slot/'.length) ?? '';
    };
    const [first, second] = [await of(a), await of(b)];
    const answers = await Promise.all([reschedule(service, a, second), reschedule(service, b, first)]);
    expect(tally(answers)).toEqual({ '409 slot-taken': 2 });
    expect([await of(a), await of(b)]).toEqual([first, second]);
    // By way of a free one it can be done.
    const free = (await slotsOf(service, dayFromNow(5), 'free'))[0]!.id;
    const parked = await reschedule(service, a, free);
    const there = await reschedule(service, b, first);
    const here = await reschedule(service, parked, second);
    expect(tally([parked, there, here])).toEqual({ 200: 3 });
    expect([await of(a), await of(b)]).toEqual([second, first]);
    await assertWhole();
  });

  it('of a move that fails half way nothing stays: the slot is free and the referral waits', async () => {
    const free = (await slotsOf(service, dayFromNow(5), 'free'))[0]!.id;
    const one = people.find(({ state }) => state === 'accepted-waiting')!;
    const late = await book(service, { ...one, etag: 'W/"1"' }, free);
    expect(late.answer.status).toBe(412);
    // The audit record cannot be written: neither can the rest.
    await service.db.command({ collMod: 'audit', validator: { sub: { $ne: '$book' } }, validationLevel: 'strict' });
    const broken = await book(service, one, free);
    await service.db.command({ collMod: 'audit', validator: {} });
    expect(broken.answer.status).toBe(503);
    await assertWhole();
    expect((await readSlot(service, free)).status).toBe('free');
    expect((await book(service, one, free)).state).toBe('scheduled');
  });
});
