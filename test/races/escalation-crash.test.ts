import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Patient, Task } from '@medplum/fhirtypes';
import type { mongo } from 'mongoose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadConfig } from '../../src/config/config.js';
import { packageRoot } from '../../src/config/paths.js';
import { type AppContext, createContext } from '../../src/context.js';
import { toStored } from '../../src/fhir/to-stored.js';
import { SHIPPED_DEADLINES } from '../../src/referral/deadlines/shipped-edition.js';
import { newLeg } from '../../src/referral/legs.js';
import { startReferralTimers } from '../../src/referral/timers/referral-timers.js';
import { recordedProgress } from '../../src/progress.js';
import { organizationByAlias } from '../../src/seed/find-facility.js';
import { type DatabaseConnection, openDatabase } from '../../src/store/connect.js';
import type { StoredResource } from '../../src/store/envelope.js';
import { ifLeaseFree } from '../../src/store/lease.js';
import { testDatabaseName, testDatabaseUri } from '../support/database.js';

const LEGS = 200;
/** The worker is given so long to begin, ms. */
const PATIENCE_MS = 60_000;
/** Legs that a process writes at the same time (src/referral/timers/escalate-overdue.ts). */
const AT_ONCE = 8;
const LEASE = 'escalation-crash';
const LEASE_MS = 1_000;
const SENT = new Date('2026-11-20T12:00:00Z');
/** Past the term of receipt (three working days) and not yet past half of it more: one level is told. Before two o'clock: no proof. */
const NOW = new Date('2026-11-25T07:00:00Z');

describe('kill -9 in the middle of an escalation', () => {
  const uri = testDatabaseUri(LEASE);
  let database: DatabaseConnection;
  let context: AppContext;
  let db: mongo.Db;
  const hospital = organizationByAlias('hosp1')?.id ?? '';
  const clinic = organizationByAlias('uaps1')?.id ?? '';

  beforeAll(async () => {
    const config = loadConfig({
      NODE_ENV: 'test',
      MONGODB_URI: uri,
      MONGODB_DATABASE: testDatabaseName(LEASE),
      LOG_LEVEL: 'fatal',
      REFERRAL_TIMERS: 'false',
    });
    database = await openDatabase(config, recordedProgress());
    context = await createContext(config, database, recordedProgress());
    db = database.connection.db as unknown as mongo.Db;
    const documents = Array.from({ length: LEGS }, (_, n) => {
      const leg: Task = newLeg({
        referral: { resourceType: 'ServiceRequest', id: `r-${n}`, status: 'active', intent: 'order', subject: {} },
        origin: clinic,
        destination: hospital,
        state: 'sent',
        now: SENT,
        deadlines: SHIPPED_DEADLINES,
      });
      const meta = { versionId: '1', lastUpdated: SENT.toISOString() };
      const known = { ...leg, id: `leg-${n}`, meta, groupIdentifier: { ...leg.groupIdentifier, value: `REF-${n}` } };
      return toStored(context, { ...known, for: { reference: 'Patient/p' } }, { own: clinic });
    });
    const meta = { versionId: '1', lastUpdated: SENT.toISOString() };
    const patient: Patient & { id: string } = { resourceType: 'Patient', id: 'p', meta, name: [{ text: 'Ana' }] };
    await context.store.load('Patient', [toStored(context, patient, { own: clinic })], 'load');
    await context.store.load('Task', documents, 'load');
  }, 120_000);
  // Not dropped: the killed process may have left an open transaction behind, and a drop would wait for its end.
  afterAll(async () => {
    await context.close();
    await database.close();
  });

  const legs = () => db.collection<StoredResource>('Task');
  const told = (): Promise<number> => legs().countDocuments({ 'w.escalated': hospital });

  it('goes on in the next process, and tells nobody twice', async () => {
    const worker = 'test/races/escalation-worker.ts';
    const args = ['--import', 'tsx', worker, uri, LEASE, String(LEASE_MS), NOW.toISOString()];
    const child = spawn(process.execPath, args, { cwd: packageRoot, stdio: ['ignore', 'ignore', 'inherit'] });
    try {
      const end = Date.now() + PATIENCE_MS;
      while (child.exitCode === null && Date.now() < end && (await told()) < LEGS / 10) await sleep(5);
    } finally {
      child.kill('SIGKILL');
    }
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
    expect(child.signalCode).toBe('SIGKILL');
    const before = await told();
    expect(before).toBeGreaterThan(0);
    expect(before).toBeLessThan(LEGS);

    const timers = startReferralTimers(context, {
      alone: async (work) => (await ifLeaseFree(db, LEASE, LEASE_MS, work)) !== undefined,
      now: () => NOW,
      pollMs: 3_600_000,
    });
    try {
      // The dead process holds the lease until it runs out.
      while (!(await timers.turn())) await sleep(50);
    } finally {
      await timers.close();
    }
    // Transactions that were open when the process died keep their legs until the database ends them; a later turn has them.
    expect(await told()).toBeGreaterThanOrEqual(LEGS - AT_ONCE);
    const versions = await legs().distinct('vid', { 'w.escalated': hospital });
    expect(versions).toEqual([2]);
    const trail = await db.collection('Provenance').countDocuments({});
    expect(trail).toBe(await told());
  }, 120_000);
});
