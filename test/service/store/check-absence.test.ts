import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { mongo } from 'mongoose';
import { awaitMatch, checkAbsence, ConditionUnsettled } from '../../../src/store/check-absence.js';
import { keyHash } from '../../../src/store/ids.js';
import type { AbsenceCondition } from '../../../src/store/write-plan.js';
import { openTestDatabase, type TestDatabase } from './test-database.js';

const condition: AbsenceCondition = { key: 'Patient?identifier=x', type: 'Patient', filter: { 's.tok': 'x' } };
const lock = keyHash('condition', condition.key);
const MAX_TIME_EXPIRED = 50;

interface Row {
  readonly _id: string;
  readonly del: boolean;
  readonly s: { readonly tok: readonly string[] };
}
const match: Row = { _id: 'a', del: false, s: { tok: ['x'] } };

describe('a condition under its lock', () => {
  let database: TestDatabase;
  let patients: mongo.Collection<Row>;
  let locks: mongo.Collection<{ _id: string; n: number; usedAt: Date }>;
  let sessions: mongo.ClientSession[] = [];

  beforeAll(async () => {
    database = await openTestDatabase('check-absence');
    patients = database.db.collection<Row>('Patient');
    locks = database.db.collection('locks');
    await database.db.createCollection('Patient');
  });
  afterEach(async () => {
    await Promise.all(sessions.map((session) => session.endSession()));
    sessions = [];
    await database.clear();
  });
  afterAll(() => database.close());

  /** A transaction whose snapshot is taken now. */
  async function begin(): Promise<mongo.ClientSession> {
    const session = database.client.startSession();
    sessions.push(session);
    session.startTransaction({ readConcern: { level: 'snapshot' }, writeConcern: { w: 'majority' } });
    await patients.findOne({ _id: 'none' }, { session });
    return session;
  }
  const check = (session: mongo.ClientSession): Promise<void> => checkAbsence(database.db, session, [condition]);
  const soon = (): number => performance.now() + 5_000;

  it('lets one writer pass and dates its use', async () => {
    const session = await begin();
    await check(session);
    await session.commitTransaction();
    const [first] = await locks.find().toArray();
    expect(first).toMatchObject({ _id: lock, n: 1 });
    expect(Math.abs(Date.now() - Number(first?.usedAt))).toBeLessThan(60_000);
    await locks.updateOne({ _id: lock }, { $set: { usedAt: new Date(0) } });
    const again = await begin();
    await check(again);
    await again.commitTransaction();
    expect((await locks.findOne({ _id: lock }))?.usedAt.getFullYear()).toBeGreaterThan(2020);
  });

  it.each([
    ['a new lock', false],
    ['a lock that was there', true],
  ])('stops a second writer while the first is at it, with %s', async (_name, there) => {
    if (there) await locks.insertOne({ _id: lock, n: 1, usedAt: new Date(0) });
    const [one, two] = [await begin(), await begin()];
    await check(one);
    await expect(check(two)).rejects.toBeInstanceOf(ConditionUnsettled);
    expect(await awaitMatch(database.db, condition, soon())).toBeUndefined();
    await patients.insertOne(match, { session: one });
    await one.commitTransaction();
    expect(await awaitMatch(database.db, condition, soon())).toMatchObject({ ids: ['a'] });
  });

  it('stops a writer whose snapshot is older than what the first has written', async () => {
    const [one, two] = [await begin(), await begin()];
    await check(one);
    await patients.insertOne(match, { session: one });
    await one.commitTransaction();
    await expect(check(two)).rejects.toBeInstanceOf(ConditionUnsettled);
  });

  it('holds when the lock expires: not while it is in use, and not behind the back of an older snapshot', async () => {
    await locks.insertOne({ _id: lock, n: 1, usedAt: new Date(0) });
    const [one, two] = [await begin(), await begin()];
    await check(one);
    // What the index does to a lock that is due.
    const expire = locks.deleteOne({ _id: lock, usedAt: { $lt: new Date(1) } }, { maxTimeMS: 200 });
    await expect(expire).rejects.toMatchObject({ code: MAX_TIME_EXPIRED });
    await patients.insertOne(match, { session: one });
    await one.commitTransaction();
    await locks.deleteOne({ _id: lock });
    await expect(check(two)).rejects.toBeInstanceOf(ConditionUnsettled);
  });
});
