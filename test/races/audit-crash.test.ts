import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { AuditRecord } from '../../src/store/audit-record.js';
import { verifyAudit } from '../../src/store/audit-verify.js';
import { createAuditor } from '../../src/store/group-commit-auditor.js';
import { openTestDatabase, type TestDatabase } from '../service/store/test-database.js';
import { testDatabaseUri } from '../support/database.js';

const WRITER = fileURLToPath(new URL('audit-writer.ts', import.meta.url));

/** The database may still carry out the last batch of a writer that is dead: waits until the number stays the same. */
async function untilStill(count: () => Promise<number>): Promise<void> {
  for (let before = -1, now = await count(); now !== before; [before, now] = [now, await count()]) await sleep(500);
}

describe('audit after kill -9', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await openTestDatabase('audit-crash');
  });
  afterAll(() => database.close());

  it('has every acknowledged record, seals the rest at the next start and says how many', async () => {
    const writer = spawn(process.execPath, ['--import', 'tsx', WRITER, testDatabaseUri('audit-crash')], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let output = '';
    for await (const chunk of writer.stdout as AsyncIterable<Buffer>) {
      output += chunk.toString();
      if (output.split('\n').length > 2_000) writer.kill('SIGKILL');
    }
    if (writer.exitCode === null && writer.signalCode === null) await once(writer, 'exit');
    // A last line that was cut off was not acknowledged.
    const [p = '', ...acknowledged] = output.split('\n').slice(0, -1);
    const audit = database.db.collection<AuditRecord>('audit');
    await untilStill(() => audit.countDocuments({ p }));
    const stored = new Set((await audit.find({ p }).toArray()).map(({ ent }) => ent[0]));
    expect(acknowledged.filter((entity) => !stored.has(entity))).toEqual([]);

    const before = await verifyAudit(database.db);
    expect(before).toMatchObject({ ok: true, recovered: 0 });
    expect(before.records + before.unsealed).toBe(stored.size);
    const auditor = await createAuditor(database.db);
    await auditor.close();
    const after = await verifyAudit(database.db);
    expect(after).toMatchObject({ ok: true, records: stored.size, recovered: before.unsealed, unsealed: 0 });
    expect(after.recovered).toBeGreaterThan(0);
  }, 30_000);
});
