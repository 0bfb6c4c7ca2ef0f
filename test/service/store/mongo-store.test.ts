import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createConnection, type Connection } from 'mongoose';
import type { AuditRecord } from '../../../src/store/audit-record.js';
import type { HistoryEntry, PatientRelation, StoredResource } from '../../../src/store/envelope.js';
import { createAuditor } from '../../../src/store/group-commit-auditor.js';
import { MongoStore } from '../../../src/store/mongo-store.js';
import { ClaimTaken, VersionConflict, type WritePlan } from '../../../src/store/write-plan.js';
import type { Auditor } from '../../../src/store/auditor.js';
import { testDatabaseName, testDatabaseUri } from '../../support/database.js';
import { type FaultProxy, startFaultProxy } from './fault-proxy.js';
import { draft, openTestDatabase, type TestDatabase } from './test-database.js';

describe('writing plans', () => {
  let database: TestDatabase;
  let auditor: Auditor;
  let connection: Connection;
  let store: MongoStore;
  /** The same as in another process: it knows nothing of what the first one is about to do. */
  let other: MongoStore;

  beforeAll(async () => {
    database = await openTestDatabase('mongo-store');
    auditor = await createAuditor(database.db);
    connection = await createConnection(testDatabaseUri('mongo-store'), {
      dbName: testDatabaseName('mongo-store'),
      writeConcern: { w: 'majority', journal: true },
      readConcern: { level: 'majority' },
    }).asPromise();
    store = new MongoStore(connection, { auditor });
    other = new MongoStore(connection, { auditor });
  }, 30_000);
  afterEach(() => database.clear());
  afterAll(async () => {
    await connection.close();
    await auditor.close();
    await database.close();
  });

  const person = (id: string, more: Partial<StoredResource> = {}): StoredResource => ({
    _id: id,
    b: '0000',
    vid: 1,
    lu: new Date(),
    del: false,
    pt: id,
    acc: [],
    lab: [],
    k: {},
    s: { tok: [], ref: [], str: [], dat: [], uri: [], num: [] },
    json: `{"resourceType":"Patient","id":"${id}"}`,
    ...more,
  });
  const write = (plan: Partial<WritePlan>, by: MongoStore = store): Promise<void> =>
    by.write({ writes: [], audit: [draft('Patient/a')], requestId: 'r', ...plan });
  const create = (doc: StoredResource, more: Partial<WritePlan> = {}): Promise<void> =>
    write({ writes: [{ method: 'create', type: 'Patient', doc }], ...more });
  const next = (doc: StoredResource): Partial<WritePlan> => ({
    writes: [{ method: 'update', type: 'Patient', doc: { ...doc, vid: doc.vid + 1 }, replaces: doc.vid }],
  });
  const relate = (relation: PatientRelation): Promise<void> => write({ relations: [{ patient: 'a', relation }] });
  const stored = async (): Promise<StoredResource> => (await store.read('Patient', 'a')) as StoredResource;

  describe('an update of a Patient made from what was read before', () => {
    const here: PatientRelation = { f: 'here', k: 'registered' };
    const ended: PatientRelation = { f: 'there', k: 'referral', u: new Date(2027, 1, 1) };

    it('keeps a relation that was added meanwhile', async () => {
      const before = person('a', { rel: [here], acc: ['here'] });
      await create(before);
      await relate({ f: 'there', k: 'encounter' });
      await write(next(before));
      expect(await stored()).toMatchObject({ vid: 2, acc: ['here', 'there'] });
      expect((await stored()).rel).toEqual([here, { f: 'there', k: 'encounter' }]);
    });

    it('does not bring back a relation that was given an end meanwhile', async () => {
      const before = person('a', { rel: [here, { f: 'there', k: 'referral' }], acc: ['here', 'there'] });
      await create(before);
      await relate(ended);
      await write(next(before));
      expect((await stored()).rel).toEqual([here, ended]);
    });

    it('adds the relation that the new version makes, and stores texts that look like commands', async () => {
      const before = person('a');
      await create(before);
      const after = { ...before, rel: [here], acc: ['here'], own: '$own', k: { family: '$$ROOT' }, json: '$json' };
      await write(next(after));
      expect(await stored()).toMatchObject({ rel: [here], acc: ['here'], own: '$own', k: after.k, json: '$json' });
    });
  });

  it('gives a deleted patient no relation: what would make it is not written', async () => {
    await create(person('a', { del: true, json: '' }));
    const encounter = { ...person('e'), pt: 'a' };
    const plan = write({
      writes: [{ method: 'create', type: 'Encounter', doc: encounter }],
      relations: [{ patient: 'a', relation: { f: 'here', k: 'encounter' } }],
    });
    await expect(plan).rejects.toThrow(VersionConflict);
    expect(await store.heads('Encounter', ['e'])).toEqual([]);
  });

  it('frees only the claims of the one that gives them up', async () => {
    const claim = { kind: 'dni', value: '1', ref: 'Patient/a' };
    await create(person('a'), { claims: [claim] });
    await create(person('b'), { releases: [{ ...claim, ref: 'Patient/b' }] });
    await expect(create(person('c'), { claims: [{ ...claim, ref: 'Patient/c' }] })).rejects.toThrow(ClaimTaken);
    await write({ releases: [claim] });
    await create(person('d'), { claims: [{ ...claim, ref: 'Patient/d' }] });
    expect(await store.claimHolder('dni', '1')).toEqual({ ref: 'Patient/d' });
  });

  it('decides between transactions whose claims cross', async () => {
    for (let round = 0; round < 10; round += 1) {
      const values = [`x${round}`, `y${round}`];
      const plans = [values, [...values].reverse()].map((wanted, side) => {
        const id = `${round}-${side}`;
        const claims = wanted.map((value) => ({ kind: 'dni', value, ref: `Patient/${id}` }));
        const plan = { writes: [{ method: 'create', type: 'Patient', doc: person(id) }], claims } as const;
        // Two processes: one would let its own writes wait for each other.
        return write(plan, side === 0 ? store : other);
      });
      const results = await Promise.allSettled(plans);
      expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
      const lost = results.find((result) => result.status === 'rejected');
      expect(lost?.reason).toBeInstanceOf(ClaimTaken);
    }
    expect(await database.db.collection('Patient').countDocuments()).toBe(10);
  }, 15_000);

  describe('many at once', () => {
    const names = Array.from({ length: 30 }, (_, n) => `p${n}`);
    const ids = async (name: string, filter: object = {}): Promise<string[]> =>
      (await database.db.collection<{ _id: string }>(name).find(filter).toArray()).map(({ _id }) => _id).sort();

    it('writes each with its history under its own request, and its own audit record', async () => {
      const plans = names.map((id) => create(person(id), { requestId: `r-${id}`, audit: [draft(`Patient/${id}`)] }));
      await Promise.all(plans);
      expect(await ids('Patient')).toEqual([...names].sort());
      const history = await database.db.collection<HistoryEntry>('history').find().toArray();
      expect(history.map(({ id, req }) => `${id} ${req}`).sort()).toEqual(names.map((id) => `${id} r-${id}`).sort());
      const audit = await database.db.collection<AuditRecord>('audit').find().toArray();
      expect(audit.flatMap(({ ent }) => ent).sort()).toEqual(names.map((id) => `Patient/${id}`).sort());
    });

    it('leaves out the one whose version is not current, wholly, and writes the others', async () => {
      await Promise.all(names.map((id) => create(person(id))));
      await write(next(person('p7')));
      await database.db.collection('audit').deleteMany({});
      const plans = names.map((id) => write({ ...next(person(id)), audit: [draft(`Patient/${id}`)] }));
      const results = await Promise.allSettled(plans);
      const failed = results.flatMap((result, n) => (result.status === 'rejected' ? [[names[n], result.reason]] : []));
      expect(failed).toEqual([['p7', expect.any(VersionConflict)]]);
      expect(failed[0]?.[1]).toMatchObject({ type: 'Patient', id: 'p7', current: 2 });
      expect(await ids('Patient', { vid: 2 })).toEqual([...names].sort());
      expect(await ids('history', { vid: 2 })).toHaveLength(30);
      const audit = await database.db.collection<AuditRecord>('audit').find().toArray();
      expect(audit.flatMap(({ ent }) => ent)).toHaveLength(29);
      expect(audit.flatMap(({ ent }) => ent)).not.toContain('Patient/p7');
    });

    it('names the one of several versions in one plan that is not current', async () => {
      for (const id of ['a', 'b', 'c']) await create(person(id));
      await write(next(person('b')), other);
      const plan = { writes: ['a', 'b', 'c'].flatMap((id) => next(person(id)).writes ?? []) };
      await expect(write(plan)).rejects.toMatchObject({ name: 'VersionConflict', id: 'b', current: 2 });
      expect(await ids('Patient', { vid: 2 })).toEqual(['b']);
    });

    it('gives each claim once, whoever asks', async () => {
      const results = await Promise.allSettled(
        names.map((id, n) =>
          write(
            {
              writes: [{ method: 'create', type: 'Patient', doc: person(id) }],
              claims: [{ kind: 'dni', value: String(n % 3), ref: `Patient/${id}` }],
            },
            n % 2 === 0 ? store : other,
          ),
        ),
      );
      expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(3);
      for (const result of results) if (result.status === 'rejected') expect(result.reason).toBeInstanceOf(ClaimTaken);
      expect(await ids('Patient')).toHaveLength(3);
    });
  });

  it('refuses what MongoDB cannot keep, before it begins', async () => {
    const doc = person('a', { json: 'x'.repeat(17 * 1_048_576) });
    await expect(create(doc)).rejects.toMatchObject({ status: 413, code: 'resource-too-large' });
    expect(await stored()).toBeUndefined();
  });

  it('does not gather more text than fits into memory', async () => {
    const json = 'x'.repeat(1_000);
    for (const vid of [1, 2, 3]) await create(person(`p${vid}`, { json }));
    const found = store.find('Patient', {}, { limit: 10, mostText: 2_500 });
    await expect(found).rejects.toMatchObject({ status: 400, code: 'too-costly' });
    expect(await store.find('Patient', {}, { limit: 2, mostText: 2_500 })).toHaveLength(2);
    await write({ ...next(person('p1', { json })) });
    await write({ ...next(person('p1', { json, vid: 2 })) });
    const versions = await store.history('Patient', 'p1', { limit: 10, mostText: 1_500 });
    expect(versions.map(({ vid }) => vid)).toEqual([3, 2]);
  });

  describe('when the network loses every answer', () => {
    let proxy: FaultProxy;
    let slow: Connection;
    beforeAll(async () => {
      proxy = await startFaultProxy(testDatabaseUri('mongo-store'));
      slow = await createConnection(proxy.uri, { dbName: testDatabaseName('mongo-store') }).asPromise();
    });
    afterAll(async () => {
      proxy.release();
      await slow.close();
      await proxy.close();
    });

    it('answers 503 within its time instead of waiting for ever', async () => {
      const behind = new MongoStore(slow, { auditor, readTimeoutMs: 200, writeTimeoutMs: 300 });
      proxy.holdAnswers();
      const doc = person('a');
      const plan = {
        writes: [{ method: 'create', type: 'Patient', doc } as const],
        audit: [draft('Patient/a')],
        requestId: 'r',
      };
      const unavailable = { status: 503, headers: { 'Retry-After': '2' } };
      await expect(behind.read('Patient', 'a')).rejects.toMatchObject(unavailable);
      await expect(behind.write(plan)).rejects.toMatchObject(unavailable);
      proxy.release();
    }, 15_000);
  });
});
