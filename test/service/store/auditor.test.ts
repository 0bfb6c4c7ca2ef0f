import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { mongo } from 'mongoose';
import { setTimeout as sleep } from 'node:timers/promises';
import { isServiceError } from '../../../src/errors.js';
import type { AuditRecord } from '../../../src/store/audit-record.js';
import { verifyAudit } from '../../../src/store/audit-verify.js';
import type { Auditor } from '../../../src/store/auditor.js';
import { type AuditorOptions, createAuditor } from '../../../src/store/group-commit-auditor.js';
import { testDatabaseUri } from '../../support/database.js';
import { startFaultProxy } from './fault-proxy.js';
import { draft, drafts, openTestDatabase, type TestDatabase } from './test-database.js';

const statusOf = (error: unknown): unknown => (isServiceError(error) ? error.status : error);

describe('group commit auditor', () => {
  let database: TestDatabase;
  let audit: mongo.Collection<AuditRecord>;
  beforeAll(async () => {
    database = await openTestDatabase('auditor');
    audit = database.db.collection<AuditRecord>('audit');
  });
  afterEach(async () => {
    for (const auditor of open.splice(0)) await auditor.close();
    await database.clear();
  });
  afterAll(() => database.close());

  const open: Auditor[] = [];
  const start = async (options: AuditorOptions = {}): Promise<Auditor> => {
    const auditor = await createAuditor(database.db, options);
    open.push(auditor);
    return auditor;
  };

  it('shares inserts among parallel callers, and each record is stored when its call returns', async () => {
    const auditor = await start();
    let inserts = 0;
    const count = (event: mongo.CommandStartedEvent): void => {
      if (event.commandName === 'insert' && event.command['insert'] === 'audit') inserts += 1;
    };
    database.client.on('commandStarted', count);
    await Promise.all(
      drafts(200).map(async (one) => {
        await auditor.record(one);
        expect(await audit.countDocuments({ ent: one.ent[0] ?? '' })).toBe(1);
      }),
    );
    database.client.off('commandStarted', count);
    expect(inserts).toBeLessThanOrEqual(3);
    await auditor.close();
    const numbers = (await audit.find().sort({ n: 1 }).toArray()).map(({ p, n }) => `${p} ${n}`);
    expect(numbers).toEqual(Array.from({ length: 200 }, (_, i) => `${auditor.process} ${i + 1}`));
  });

  it('stays whole with 200 parallel writers on two auditors, transactions among them', async () => {
    const auditors = [await start({ sealMs: 50 }), await start({ sealMs: 50 })];
    const write = async (i: number): Promise<void> => {
      const auditor = auditors[i % 2]!;
      if (i % 3 > 0) return auditor.record(draft(`Observation/${i}`));
      const records = auditor.stamp([draft(`Task/${i}`, { act: 'U', sub: 'update' })]);
      await database.client.withSession(async (session) => {
        session.startTransaction({ writeConcern: { w: 'majority' } });
        await audit.insertMany(records, { session });
        // Every sixth write does not happen: its number stays unused.
        if (i % 6 === 0) {
          await session.abortTransaction();
          auditor.aborted(records);
        } else {
          await sleep(i % 120);
          await session.commitTransaction();
          auditor.committed(records);
        }
      });
    };
    await Promise.all(Array.from({ length: 200 }, (_, i) => write(i)));
    await sleep(120);
    await Promise.all(auditors.map((auditor) => auditor.close()));
    const stored = await audit.countDocuments();
    expect(stored).toBe(200 - 34);
    expect(await verifyAudit(database.db)).toMatchObject({
      ok: true,
      records: stored,
      recovered: 0,
      unsealed: 0,
      pending: 0,
    });
  });

  it('refuses with 503 when the record cannot be written, and works again afterwards', async () => {
    const auditor = await start({ sealMs: 50 });
    await database.refuseInserts('audit', true);
    const refused = await Promise.allSettled([
      auditor.record(draft('Observation/a')),
      auditor.record(draft('Observation/b')),
    ]);
    expect(refused.map((one) => one.status === 'rejected' && statusOf(one.reason))).toEqual([503, 503]);
    expect(await audit.countDocuments({ out: '0' })).toBe(0);
    await database.refuseInserts('audit', false);
    await auditor.record(draft('Observation/c'));
    await sleep(250);
    await auditor.close();
    expect(await verifyAudit(database.db)).toMatchObject({ ok: true, findings: [] });
    // The trail says of the refused ones that their answer did not leave.
    const outcomes = (await audit.find().sort({ n: 1 }).toArray()).map(({ ent, out, det }) => [
      ent[0],
      out,
      det?.['audit'],
    ]);
    expect(outcomes).toEqual([
      ['Observation/a', '8', 'unconfirmed'],
      ['Observation/b', '8', 'unconfirmed'],
      ['Observation/c', '0', undefined],
    ]);
  });

  it('fails within its time limit when answers get lost, and seals the insert that arrived', async () => {
    const proxy = await startFaultProxy(testDatabaseUri('auditor'));
    const client = await mongo.MongoClient.connect(proxy.uri);
    const auditor = await createAuditor(client.db(database.db.databaseName), {
      writeTimeoutMs: 300,
      report: () => undefined,
    });
    proxy.holdAnswers();
    await expect(auditor.record(draft('Observation/a')).catch(statusOf)).resolves.toBe(503);
    proxy.release();
    await auditor.record(draft('Observation/b'));
    await auditor.close();
    await client.close();
    await proxy.close();
    expect(await audit.countDocuments({ out: '0' })).toBe(2);
    expect(await verifyAudit(database.db)).toMatchObject({ ok: true, records: 2 });
  });

  it('seals a transaction that was reported as aborted but had committed', async () => {
    const auditor = await start({ sealMs: 50 });
    const records = auditor.stamp([draft('Task/1')]);
    await audit.insertMany(records, { writeConcern: { w: 'majority' } });
    auditor.aborted(records);
    await sleep(150);
    await auditor.close();
    expect(await verifyAudit(database.db)).toMatchObject({ ok: true, records: 1 });
  });

  it('takes no records after close', async () => {
    const auditor = await start();
    await auditor.close();
    await auditor.close();
    await expect(auditor.record(draft('Observation/a')).catch(statusOf)).resolves.toBe(503);
  });
});
