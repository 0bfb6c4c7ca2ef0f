import mongoose, { type mongo } from 'mongoose';
import { loadConfig } from '../../src/config/config.js';
import { createFhirContext } from '../../src/context.js';
import { startReferralTimers } from '../../src/referral/timers/referral-timers.js';
import { createAuditor } from '../../src/store/group-commit-auditor.js';
import { ifLeaseFree } from '../../src/store/lease.js';

/** Program of escalation-crash.test.ts: takes turns with the timers at a given moment until it is killed. */
const [uri = '', lease = '', leaseMs = '', now = ''] = process.argv.slice(2);
const connection = await mongoose.createConnection(uri).asPromise();
const db = connection.db as unknown as mongo.Db;
const context = createFhirContext(loadConfig({ NODE_ENV: 'test' }), connection, await createAuditor(db));
const timers = startReferralTimers(context, {
  alone: async (work) => (await ifLeaseFree(db, lease, Number(leaseMs), work)) !== undefined,
  now: () => new Date(now),
});
for (;;) await timers.turn();
