import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { setTimeout as sleep } from 'node:timers/promises';
import { acquireLease, withLease } from '../../../src/store/lease.js';
import { openTestDatabase, type TestDatabase } from './test-database.js';

describe('lease', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await openTestDatabase('lease');
  });
  afterEach(() => database.clear());
  afterAll(() => database.close());

  it('goes to one of many who ask at once', async () => {
    const asked = await Promise.all(Array.from({ length: 20 }, () => acquireLease(database.db, 'work', 5_000)));
    expect(asked.filter((lease) => lease !== undefined)).toHaveLength(1);
  });

  it('is free after release and after its time; each holder has a higher term', async () => {
    const first = await acquireLease(database.db, 'work', 60_000);
    expect(await acquireLease(database.db, 'work', 60_000)).toBeUndefined();
    await first?.release();
    const second = await acquireLease(database.db, 'work', 50);
    await sleep(80);
    const third = await acquireLease(database.db, 'work', 60_000);
    expect([first, second, third].map((lease) => lease?.term)).toEqual([1, 2, 3]);
  });

  it('lasts as long as it is renewed, and tells a holder that lost it', async () => {
    const lease = await acquireLease(database.db, 'work', 1_500);
    for (let i = 0; i < 4; i += 1) {
      await sleep(500);
      expect(await lease?.renew()).toBe(true);
    }
    expect(await acquireLease(database.db, 'work', 1_500)).toBeUndefined();
    await sleep(1_600);
    const next = await acquireLease(database.db, 'work', 60_000);
    expect(await lease?.renew()).toBe(false);
    await lease?.release();
    expect(await next?.renew()).toBe(true);
  });

  it('does not mix up names', async () => {
    expect(await acquireLease(database.db, 'a', 5_000)).toBeDefined();
    expect(await acquireLease(database.db, 'b', 5_000)).toBeDefined();
  });

  it('lets work run one at a time, longer than the term, and gives the lease back after an error', async () => {
    let running = 0;
    let most = 0;
    const work = async (): Promise<void> => {
      running += 1;
      most = Math.max(most, running);
      await sleep(1_500);
      running -= 1;
    };
    await Promise.all([1, 2, 3].map(() => withLease(database.db, 'work', { ttlMs: 1_000, retryMs: 10 }, work)));
    expect(most).toBe(1);
    const failed = withLease(database.db, 'work', { ttlMs: 60_000 }, () => Promise.reject(new Error('no')));
    await expect(failed).rejects.toThrow('no');
    expect(await acquireLease(database.db, 'work', 100)).toBeDefined();
  });

  it('aborts the work of a holder whose lease has passed on', async () => {
    const lost = await withLease(database.db, 'work', { ttlMs: 150 }, async (signal) => {
      await database.db
        .collection<{ _id: string }>('locks')
        .updateOne({ _id: 'lease:work' }, { $set: { owner: 'other' } });
      await sleep(200);
      return signal.aborted;
    });
    expect(lost).toBe(true);
  });
});
