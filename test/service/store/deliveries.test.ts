import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Delivery, NewDelivery } from '../../../src/store/delivery.js';
import { DeliveryFenced, DeliveryStore } from '../../../src/store/delivery-store.js';
import type { StoredResource } from '../../../src/store/envelope.js';
import { matchDocument } from '../../../src/store/match-document.js';
import { openTestDatabase, type TestDatabase } from './test-database.js';

const NOW = new Date('2026-11-30T12:00:00Z');
const delivery = (id: string, lane = 'l'): NewDelivery => ({
  _id: id,
  kind: 'messages',
  lane,
  event: 'Provenance/x/1',
  channel: 'sms',
  to: 'Patient/p',
  text: 'sent',
  about: 'ServiceRequest/r',
  facts: {},
  due: NOW,
});

describe('DeliveryStore', () => {
  let database: TestDatabase;
  let store: DeliveryStore;
  beforeAll(async () => {
    database = await openTestDatabase('deliveries');
    store = new DeliveryStore(database.db);
  });
  afterEach(() => database.clear());
  afterAll(() => database.close());

  it('records a delivery once, whoever finds it again, and numbers them in order', async () => {
    expect(await store.begin('messages', 1, 'start')).toBe('start');
    await store.add('messages', 1, [delivery('a'), delivery('b')], NOW);
    await store.moveOn('messages', 1, 'later');
    expect(await store.begin('messages', 2, 'start')).toBe('later');
    await store.add('messages', 2, [delivery('b'), delivery('c')], NOW);
    const due = await store.due('messages', NOW, 10);
    expect(due.map(({ _id }) => _id)).toEqual(['a', 'b', 'c']);
    expect(due.map(({ seq }) => seq)).toEqual([1, 2, 4]);
  });

  it('takes nothing from a holder that was overtaken', async () => {
    await store.begin('messages', 1, 'start');
    await store.begin('messages', 2, 'start');
    await expect(store.add('messages', 1, [delivery('a')], NOW)).rejects.toThrow(DeliveryFenced);
    await expect(store.moveOn('messages', 1, 'x')).rejects.toThrow(DeliveryFenced);
    await expect(store.begin('messages', 1, 'start')).rejects.toThrow(DeliveryFenced);
    expect(await store.begin('subscriptions', 1, 'other')).toBe('other');
    expect(await store.due('messages', NOW, 10)).toEqual([]);
  });

  it('keeps what is done from being done again, and gives a number once', async () => {
    await store.begin('messages', 1, 'start');
    await store.add('messages', 1, [delivery('a'), delivery('b', 'm')], NOW);
    expect(await Promise.all([store.number('a', 7), store.number('b', 1)])).toEqual([7, 1]);
    expect(await store.number('a', 8)).toBe(7);
    await store.finish('a', 'sent', NOW);
    await store.retryAt('a', NOW, 'late');
    await store.finish('b', 'dead', NOW, 'http-400');
    expect(await store.counts()).toContainEqual({ kind: 'messages', state: 'dead', count: 1 });
    expect(await store.revive('a', NOW)).toBe(false);
    expect(await store.revive('b', NOW)).toBe(true);
    expect(await store.list('sent', 10)).toMatchObject([{ _id: 'a', tries: 0 }]);
    expect(await store.due('messages', NOW, 10)).toMatchObject([{ _id: 'b', tries: 0, why: 'http-400' }]);
  });

  it('finds what is due and the head of a lane by an index', async () => {
    const deliveries = database.db.collection<Delivery>('deliveries');
    const due = deliveries.find({ kind: 'messages', state: 'waiting', due: { $lte: NOW } }).sort({ due: 1, seq: 1 });
    const head = deliveries.find({ lane: 'l', state: 'waiting' }).sort({ seq: 1 }).limit(1);
    for (const plan of await Promise.all([due.explain(), head.explain()])) {
      const text = JSON.stringify(plan['queryPlanner'].winningPlan);
      expect(text).toContain('IXSCAN');
      expect(text).not.toMatch(/COLLSCAN|"SORT"/);
    }
  });
});

describe('matchDocument', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await openTestDatabase('match-document');
  });
  afterAll(() => database.close());

  const document: Omit<StoredResource, 'json'> = {
    _id: 'x',
    b: '0000',
    vid: 1,
    lu: NOW,
    del: false,
    acc: ['h1'],
    lab: [],
    k: {},
    s: {
      tok: ['status~requested', 'code~$literal', '$where'],
      ref: ['owner~Organization/h1'],
      str: [],
      dat: [{ p: 'modified', lo: NOW, hi: NOW }],
      uri: [],
      num: [],
    },
  };

  it('answers each filter as a search would, texts of the document untouched', async () => {
    const filters = [
      { 's.tok': 'status~requested', acc: { $in: ['h1', 'h2'] } },
      { 's.tok': 'status~completed' },
      { 's.tok': 'code~$literal' },
      { $and: [{ 's.ref': 'owner~Organization/h1' }, { acc: { $in: ['h2'] } }] },
      { 's.dat': { $elemMatch: { p: 'modified', lo: { $lte: NOW }, hi: { $gte: NOW } } } },
      { 's.dat': { $elemMatch: { p: 'modified', lo: { $gt: NOW } } } },
      { _id: { $in: [] } },
      {},
    ];
    const expected = [true, false, true, false, true, false, false, true];
    expect(await matchDocument(database.db, document, filters)).toEqual(expected);
    const many = Array.from({ length: 20 }, () => filters).flat();
    expect(await matchDocument(database.db, document, many)).toEqual(Array.from({ length: 20 }, () => expected).flat());
    expect(await matchDocument(database.db, document, [])).toEqual([]);
  });
});
