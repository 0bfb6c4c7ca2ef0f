import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { setTimeout as sleep } from 'node:timers/promises';
import { mongo } from 'mongoose';
import { v7 } from 'uuid';
import { verdictLines } from '../../../src/cli/audit.js';
import type { AuditRecord } from '../../../src/store/audit-record.js';
import type { AuditVerdict } from '../../../src/store/audit-verdict.js';
import { verifyAudit } from '../../../src/store/audit-verify.js';
import { createAuditor } from '../../../src/store/group-commit-auditor.js';
import { beat, here, instancesOf } from '../../../src/store/instances.js';
import { type Seal, sealHash, sealsOf } from '../../../src/store/seals.js';
import { draft, drafts, openTestDatabase, type TestDatabase } from './test-database.js';

describe('audit verify', () => {
  let database: TestDatabase;
  let audit: mongo.Collection<AuditRecord>;
  let seals: mongo.Collection<Seal>;
  let p: string;

  beforeAll(async () => {
    database = await openTestDatabase('verify');
    audit = database.db.collection<AuditRecord>('audit');
    seals = sealsOf(database.db);
  });
  /** A process that wrote 20 records in several seals and stopped cleanly. */
  beforeEach(async () => {
    await database.clear();
    const auditor = await createAuditor(database.db, { sealMs: 10 });
    p = auditor.process;
    for (const one of drafts(20)) await auditor.record(one);
    await auditor.close();
  });
  afterAll(() => database.close());

  const verify = (): Promise<AuditVerdict> => verifyAudit(database.db, { againMs: 50 });
  const nth = async (n: number): Promise<AuditRecord> => (await audit.findOne({ p, n }))!;
  const named = async (record: AuditRecord, fault: string): Promise<void> => {
    const verdict = await verify();
    expect(verdict.ok).toBe(false);
    expect(verdict.first).toMatchObject({ fault, id: record._id, process: record.p, number: record.n });
    expect(Math.abs((verdict.first?.at?.getTime() ?? 0) - record.at.getTime())).toBeLessThan(50);
    expect(verdict.findings).toHaveLength(1);
  };

  it('finds an untouched trail whole and counts it', async () => {
    const verdict = await verify();
    expect(verdict).toEqual({
      ok: true,
      findings: [],
      processes: 1,
      seals: await seals.countDocuments(),
      records: 20,
      recovered: 0,
      unsealed: 0,
      pending: 0,
    });
    expect(verdictLines(verdict).at(-1)).toBe('La auditoría está íntegra / the audit trail is whole');
  });

  const alterations: readonly (readonly [string, mongo.UpdateFilter<AuditRecord>])[] = [
    ['another account', { $set: { who: 'nobody' } }],
    ['another time', { $set: { at: new Date(0) } }],
    ['a patient less', { $set: { pt: [] } }],
    ['a field more', { $set: { ip: '10.0.0.1' } }],
    ['a field gone', { $unset: { pou: 1 } }],
    ['another type with the same look', { $set: { out: 0 as unknown as '0' } }],
  ];
  it.each(alterations)('names an altered record: %s', async (_name, change) => {
    const record = await nth(7);
    await audit.updateOne({ _id: record._id }, change);
    await named(record, 'record-altered');
  });

  it('names a record whose number was changed', async () => {
    const record = await nth(7);
    await audit.updateOne({ _id: record._id }, { $set: { n: 5_000 } });
    const verdict = await verify();
    expect(verdict.findings[0]).toMatchObject({ fault: 'record-altered', id: record._id });
  });

  it('names the first of several by time', async () => {
    const [early, late] = [await nth(3), await nth(18)];
    await audit.deleteOne({ _id: early._id });
    await audit.updateOne({ _id: late._id }, { $set: { who: 'nobody' } });
    const { first, findings } = await verify();
    expect(first).toMatchObject({ fault: 'record-missing', id: early._id, number: 3 });
    expect(findings).toHaveLength(2);
  });

  it('names a deleted record', async () => {
    const record = await nth(12);
    await audit.deleteOne({ _id: record._id });
    await named(record, 'record-missing');
  });

  it('names the first of records that were cut off at the end', async () => {
    const record = await nth(16);
    await audit.deleteMany({ n: { $gte: 16 } });
    const { first, findings } = await verify();
    expect(first).toMatchObject({ fault: 'record-missing', id: record._id, number: 16 });
    expect(findings).toHaveLength(5);
  });

  it.each([
    ['behind the last number', 21],
    ['under a number that is taken', 5],
    ['with a fraction', 5.5],
  ])('names an inserted record: %s', async (_name, n) => {
    const record: AuditRecord = { _id: v7(), p, n, at: new Date(), ...draft('Patient/x') };
    await audit.insertOne(record);
    await named(record, 'record-extra');
  });

  it('names an inserted record of an unknown process, without a process, and with a strange id', async () => {
    const record: AuditRecord = { _id: v7(), p: v7(), n: 1, at: new Date(), ...draft('Patient/x') };
    await audit.insertOne(record);
    await named(record, 'record-extra');
    await audit.deleteOne({ _id: record._id });
    const { p: _p, ...orphan } = record;
    await audit.insertOne(orphan as AuditRecord);
    expect((await verify()).first).toMatchObject({ fault: 'record-extra', id: record._id, process: '' });
    await audit.deleteOne({ _id: record._id });
    await beat(database.db, { _id: record.p, ...here(), host: 'a dead machine' });
    await audit.insertOne({ ...record, _id: 'forged' });
    expect((await verify()).first).toMatchObject({ fault: 'record-extra', id: 'forged' });
  });

  it('names a record exchanged with another', async () => {
    const [a, b] = [await nth(4), await nth(9)];
    const { _id, ...content } = b;
    await audit.replaceOne({ _id: a._id }, content);
    expect(_id).not.toBe(a._id);
    expect((await verify()).first).toMatchObject({ fault: 'record-altered', id: a._id, number: 4 });
  });

  it.each(['count', 'low', 'root', 'at', 'others', 'hash'] as const)('names an altered seal: %s', async (field) => {
    const values = {
      count: 0,
      low: 99,
      root: 'f'.repeat(64),
      at: new Date(0),
      others: [{ p, seq: 1, hash: 'x' }],
      hash: 'f'.repeat(64),
    };
    await seals.updateOne({ p, seq: 2 }, { $set: { [field]: values[field] } });
    expect((await verify()).findings).toContainEqual(expect.objectContaining({ fault: 'seal-altered', id: `${p}/2` }));
  });

  it('names a seal whose entries were changed or cut', async () => {
    const seal = (await seals.findOne({ p, seq: 2 }))!;
    const bytes = Buffer.from(seal.entries.value());
    bytes.writeUInt8(bytes.readUInt8(40) ^ 1, 40);
    await seals.updateOne({ _id: seal._id }, { $set: { entries: new mongo.Binary(bytes) } });
    expect((await verify()).first).toMatchObject({ fault: 'seal-altered', id: `${p}/2` });
    await seals.updateOne({ _id: seal._id }, { $set: { entries: new mongo.Binary(bytes.subarray(1)) } });
    expect((await verify()).first).toMatchObject({ fault: 'seal-altered', id: `${p}/2` });
  });

  it('names a missing seal in the middle and at the end', async () => {
    const last = await seals.countDocuments({ p });
    await seals.deleteOne({ p, seq: last });
    // Not always the first finding: records that only the lost seal held are older than it.
    expect((await verify()).findings).toContainEqual(
      expect.objectContaining({ fault: 'seal-missing', id: `${p}/${last}` }),
    );
    await seals.deleteOne({ p, seq: 2 });
    expect((await verify()).findings).toContainEqual(expect.objectContaining({ fault: 'seal-missing', id: `${p}/2` }));
  });

  it('names the seal after which a chain was forged', async () => {
    const seal = (await seals.findOne({ p, seq: 2 }))!;
    const forged = { ...seal, low: 1 };
    await seals.replaceOne({ _id: seal._id }, { ...forged, hash: sealHash(forged) });
    expect((await verify()).first).toMatchObject({ fault: 'chain-broken', id: `${p}/3` });
  });

  it('finds by the links of others that a process was removed with all its traces', async () => {
    const other = await createAuditor(database.db, { sealMs: 10 });
    await other.record(draft('Patient/y'));
    await other.close();
    const last = await seals.countDocuments({ p });
    for (const collection of [audit, seals]) await collection.deleteMany({ p });
    await instancesOf(database.db).deleteOne({ _id: p });
    // Not always the first finding: records that only the lost seal held are older than it.
    expect((await verify()).findings).toContainEqual(
      expect.objectContaining({ fault: 'seal-missing', id: `${p}/${last}` }),
    );
  });

  it('runs beside a living process, and finds what was slipped in under its name', async () => {
    const auditor = await createAuditor(database.db, { sealMs: 20 });
    const writers = Array.from({ length: 8 }, async (_, writer) => {
      for (let i = 0; i < 40; i += 1) await auditor.record(draft(`Observation/${writer}-${i}`));
    });
    expect(await verify()).toMatchObject({ ok: true });
    await Promise.all(writers);
    expect(await verify()).toMatchObject({ ok: true });
    await sleep(100);
    const old = `0198c0de-0000-7${v7().slice(15)}`;
    await audit.insertOne({ _id: old, p: auditor.process, n: 900, at: new Date(), ...draft('Patient/x') });
    expect((await verify()).first).toMatchObject({ fault: 'record-extra', id: old, number: 900 });
    await audit.deleteOne({ _id: old });
    await auditor.close();
    expect(await verify()).toMatchObject({ ok: true, records: 340, pending: 0 });
  });

  it('says in words what is wrong, in both languages', async () => {
    const record = await nth(7);
    await audit.deleteOne({ _id: record._id });
    const lines = verdictLines(await verify());
    expect(lines).toContain('LA AUDITORÍA NO ESTÁ ÍNTEGRA / THE AUDIT TRAIL IS NOT WHOLE');
    expect(lines.at(-1)).toContain(
      `falta un registro / missing record: ${record._id} · proceso / process ${p} · número / number 7`,
    );
  });
});
