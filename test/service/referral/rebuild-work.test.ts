import { afterAll, beforeAll, expect, it } from 'vitest';
import { extensionUrl } from '../../../src/config/canonical.js';
import { rebuilders, serviceCatalogue } from '../../../src/context.js';
import { recordedProgress } from '../../../src/progress.js';
import { localDay } from '../../../src/referral/local-day.js';
import { stateConcept, TASK_CODES } from '../../../src/referral/vocabulary.js';
import { worklistFilter } from '../../../src/referral/worklists.js';
import { workOf } from '../../../src/referral/work-scalars.js';
import type { StoredResource } from '../../../src/store/envelope.js';
import { migrate } from '../../../src/store/migrate.js';
import { startService, type TestService } from '../../support/service.js';
import { book, dayFromNow, makeSlots, pattern, slotsOf, waiting } from './slot-fixture.js';

let service: TestService;
beforeAll(async () => {
  service = await startService();
}, 60_000);
afterAll(() => service.stop());

it.each([
  ['both migrations', [5, 6]],
  ['the second alone', [6]],
])(
  'legs of earlier releases get start, first date, place and end of the waiting by %s',
  async (_which, migrationNumbers) => {
    const { context, db } = service;
    const day = dayFromNow(migrationNumbers.length);
    await makeSlots(service, pattern({ from: day }));
    const [slot] = await slotsOf(service, day);
    const waits = await waiting(service);
    const booked = await book(service, await waiting(service), slot!.id);
    const tasks = db.collection<StoredResource>('Task');
    const before = await tasks.find().sort({ _id: 1 }).toArray();
    // As the release before wrote them: no such scalars, and no start in the leg itself.
    const url = extensionUrl('appointment-start');
    for (const { _id, json } of before) {
      const task = JSON.parse(json) as { extension?: { url: string }[] };
      const extension = (task.extension ?? []).filter((one) => one.url !== url);
      const old = { ...task, ...(extension.length > 0 ? { extension } : { extension: undefined }) };
      await tasks.updateOne(
        { _id },
        {
          $set: { json: JSON.stringify(old) },
          $unset: { 'w.start': '', 'w.since': '', 'w.place': '', 'w.moved': '', 'w.until': '' },
        },
      );
    }
    // Migration 6 alone computes them too: what the release before it left out.
    await db.collection<{ _id: number }>('schema_migrations').deleteMany({ _id: { $in: migrationNumbers } });
    await db.collection<{ _id: string }>('positions').deleteMany({ _id: /-[56]$/ });
    await db.collection('Task').dropIndex('agenda');
    await db.collection('Task').createIndexes([{ key: { 'w.owner': 1, 'w.state': 1 }, name: 'work' }]);
    await migrate(db, recordedProgress(), serviceCatalogue(context), rebuilders(context));
    const after = await tasks.find().sort({ _id: 1 }).toArray();
    expect(after.map(({ _id, vid, w }) => [_id, vid, w])).toEqual(before.map(({ _id, vid, w }) => [_id, vid, w]));
    const start = after.find(({ _id }) => _id === booked.task.id)?.w?.start;
    expect(start).toEqual(new Date(slot!.start));
    const waiter = after.find(({ _id }) => _id === waits.task.id)?.w;
    expect(waiter).toMatchObject({ place: '1', since: new Date(waits.task.authoredOn ?? '') });
    expect(waiter?.until).toBeInstanceOf(Date);
    expect(await db.collection('Task').indexExists(['agenda', 'waiting'])).toBe(true);
    // Nobody uses the index of the first releases any more.
    expect(await db.collection('Task').indexExists('work')).toBe(false);
  },
);

it('a visit that begins before midnight is of the day on which it begins', () => {
  const url = extensionUrl('appointment-start');
  const w = workOf({
    resourceType: 'Task',
    extension: [{ url, valueDateTime: '2026-12-07T23:50:00-06:00' }],
    status: 'in-progress',
    intent: 'order',
    code: TASK_CODES.fulfill,
    businessStatus: stateConcept('scheduled'),
    owner: { reference: 'Organization/d' },
    restriction: { period: { end: '2026-12-08T00:20:00-06:00' } },
  });
  const day = localDay('2026-12-07')!;
  expect(w!.start! >= day.start && w!.start! < day.end).toBe(true);
  expect(w!.due! > day.end).toBe(true);
  expect(worklistFilter('today', 'd', day.start, day)['w.start']).toEqual({ $gte: day.start, $lt: day.end });
});
