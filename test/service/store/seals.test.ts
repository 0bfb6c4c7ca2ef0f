import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { spawnSync } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { v7 } from 'uuid';
import { auditHash } from '../../../src/store/audit-hash.js';
import type { AuditRecord } from '../../../src/store/audit-record.js';
import { verifyAudit } from '../../../src/store/audit-verify.js';
import { createAuditor } from '../../../src/store/group-commit-auditor.js';
import { beat, here, instancesOf, type Whereabouts } from '../../../src/store/instances.js';
import { recoverSeals } from '../../../src/store/seal-recovery.js';
import { decodeEntries } from '../../../src/store/seal-entries.js';
import { GENESIS, nextSeal, sealsOf, storeSeal } from '../../../src/store/seals.js';
import { Sealer } from '../../../src/store/sealer.js';
import { draft, drafts, openTestDatabase, type TestDatabase } from './test-database.js';

/** Where a process was that is gone for certain. */
const graveyard = (): Whereabouts => ({ ...here(), pid: spawnSync(process.execPath, ['-e', '']).pid, run: v7() });

describe('seals', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await openTestDatabase('seals');
  });
  afterEach(() => database.clear());
  afterAll(() => database.close());

  const chain = async (p: string) => sealsOf(database.db).find({ p }).sort({ seq: 1 }).toArray();

  /** Stores records of a process that stops without a word: `sealed` of them stand in a seal. */
  const crash = async (count: number, sealed: number, low?: number): Promise<AuditRecord[]> => {
    const p = v7();
    await beat(database.db, { _id: p, ...graveyard() });
    const records = drafts(count).map((one, i): AuditRecord => ({ _id: v7(), p, n: i + 1, at: new Date(), ...one }));
    await database.db.collection<AuditRecord>('audit').insertMany(records, { writeConcern: { w: 'majority' } });
    const last = records
      .slice(count - sealed)
      .map((record) => ({ id: record._id, n: record.n, hash: auditHash(record) }));
    const content = { p, at: new Date(), others: [], low: low ?? count + 1, entries: last };
    if (sealed > 0) await storeSeal(database.db, nextSeal(GENESIS, content));
    return records;
  };

  it('chain, count, close, and hold every record once', async () => {
    const auditor = await createAuditor(database.db, { sealMs: 20 });
    for (const one of drafts(40)) await auditor.record(one);
    await auditor.close();
    const seals = await chain(auditor.process);
    expect(seals.length).toBeGreaterThan(1);
    seals.forEach((seal, i) => {
      expect(seal.seq).toBe(i + 1);
      expect(seal.prev).toBe(seals[i - 1]?.hash ?? GENESIS.hash);
      expect(seal.closed).toBe(i === seals.length - 1 ? true : undefined);
    });
    const numbers = seals.flatMap(({ entries }) => decodeEntries(entries.value()).map(({ n }) => n));
    expect(numbers.sort((a, b) => a - b)).toEqual(Array.from({ length: 40 }, (_, i) => i + 1));
    expect((await instancesOf(database.db).findOne({ _id: auditor.process }))?.ended).toBe('closed');
  });

  it('seal at once when a thousand records wait', async () => {
    const auditor = await createAuditor(database.db, { sealMs: 60_000 });
    await Promise.all(drafts(2_500).map((one) => auditor.record(one)));
    await auditor.close();
    const seals = await chain(auditor.process);
    expect(Math.max(...seals.map(({ count }) => count))).toBeLessThanOrEqual(1_000);
    expect(seals.filter(({ closed }) => !closed).length).toBeGreaterThan(0);
    expect(await verifyAudit(database.db)).toMatchObject({ ok: true, records: 2_500 });
  });

  it('name the newest seals of other processes', async () => {
    const first = await createAuditor(database.db);
    await first.record(draft('Observation/1'));
    await first.close();
    const second = await createAuditor(database.db);
    await second.record(draft('Observation/2'));
    await second.close();
    const [head] = await chain(first.process);
    const [seal] = await chain(second.process);
    expect(seal?.others).toEqual([{ p: first.process, seq: 1, hash: head?.hash }]);
  });

  it('say from which number on something may still be in flight', async () => {
    const auditor = await createAuditor(database.db, { sealMs: 60_000 });
    const open = auditor.stamp([draft('Task/1')]);
    await Promise.all(drafts(1_001).map((one) => auditor.record(one)));
    while ((await chain(auditor.process)).length === 0) await sleep(10);
    await database.db.collection<AuditRecord>('audit').insertMany(open);
    auditor.committed(open);
    await auditor.close();
    const seals = await chain(auditor.process);
    expect(seals[0]?.low).toBe(1);
    expect(seals.at(-1)?.low).toBe(1_003);
    expect(await verifyAudit(database.db)).toMatchObject({ ok: true, records: 1_002 });
  });

  it('that could not be written are written later, nothing lost', async () => {
    const troubles: string[] = [];
    const auditor = await createAuditor(database.db, { sealMs: 30, report: (message) => troubles.push(message) });
    await database.refuseInserts('seals', true);
    for (const one of drafts(5)) await auditor.record(one);
    await sleep(200);
    await database.refuseInserts('seals', false);
    await auditor.close();
    expect(troubles.length).toBeGreaterThan(1);
    expect(await chain(auditor.process)).not.toHaveLength(0);
    expect(await verifyAudit(database.db)).toMatchObject({ ok: true, records: 5 });
  });

  describe('recovery', () => {
    it('seals what a dead process left and marks it; lower numbers than sealed ones too', async () => {
      const [first] = await crash(10, 4, 1);
      expect(await verifyAudit(database.db)).toMatchObject({ ok: true, records: 4, unsealed: 6 });
      const auditor = await createAuditor(database.db);
      const seals = await chain(first?.p ?? '');
      expect(seals.map(({ count, recovered }) => ({ count, recovered }))).toEqual([
        { count: 4, recovered: undefined },
        { count: 6, recovered: auditor.process },
      ]);
      await auditor.close();
      expect(await verifyAudit(database.db)).toMatchObject({ ok: true, records: 10, recovered: 6, unsealed: 0 });
    });

    it('finds a transaction of the dead process that commits late', async () => {
      const records = await crash(3, 0);
      expect(await recoverSeals(database.db, 'me')).toBe(3);
      const late = { ...records[0]!, _id: v7(), n: 2_000 };
      await database.db.collection<AuditRecord>('audit').insertOne(late);
      expect(await recoverSeals(database.db, 'me')).toBe(1);
      expect(await recoverSeals(database.db, 'me')).toBe(0);
      expect(await verifyAudit(database.db)).toMatchObject({ ok: true, records: 4, recovered: 4 });
    });

    it('may run in several processes at once', async () => {
      await crash(2_500, 0);
      await Promise.all(['a', 'b', 'c'].map((me) => recoverSeals(database.db, me)));
      await recoverSeals(database.db, 'd');
      expect(await verifyAudit(database.db)).toMatchObject({ ok: true, records: 2_500, recovered: 2_500 });
    });

    it('leaves a living process and one of another place alone until it is silent', async () => {
      const elsewhere = v7();
      await beat(database.db, { _id: elsewhere, ...graveyard(), host: 'another machine' });
      await beat(database.db, { _id: v7(), ...here() });
      const record: AuditRecord = { _id: v7(), p: elsewhere, n: 1, at: new Date(), ...draft('Observation/1') };
      await database.db.collection<AuditRecord>('audit').insertOne(record);
      expect(await recoverSeals(database.db, 'me')).toBe(0);
      await sleep(60);
      expect(await recoverSeals(database.db, 'me', { staleMs: 50 })).toBe(1);
    });

    it('does not seal over a chain that was cut', async () => {
      const [first] = await crash(5, 5);
      const p = first?.p ?? '';
      const [seal] = await chain(p);
      await instancesOf(database.db).updateOne({ _id: p }, { $set: { head: { seq: 1, hash: seal?.hash ?? '' } } });
      await sealsOf(database.db).deleteMany({});
      await expect(recoverSeals(database.db, 'me')).rejects.toThrow(/is cut/);
      expect((await verifyAudit(database.db)).findings.map(({ fault, id }) => `${fault} ${id}`)).toContain(
        `seal-missing ${p}/1`,
      );
    });

    it('lets a process that was only paused go on behind the seals made for it', async () => {
      const records = await crash(4, 0);
      const p = records[0]?.p ?? '';
      const sealer = new Sealer(database.db, p);
      for (const record of records) sealer.add(record);
      await recoverSeals(database.db, 'me');
      const next: AuditRecord = { ...records[0]!, _id: v7(), n: 5 };
      await database.db.collection<AuditRecord>('audit').insertOne(next);
      sealer.add(next);
      await sealer.write({ low: 6, others: [] });
      expect((await chain(p)).map(({ seq, count, recovered }) => [seq, count, recovered])).toEqual([
        [1, 4, 'me'],
        [2, 1, undefined],
      ]);
      expect(await verifyAudit(database.db)).toMatchObject({ ok: true, records: 5, recovered: 4 });
    });
  });
});
