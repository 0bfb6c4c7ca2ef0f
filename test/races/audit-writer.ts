import { mongo } from 'mongoose';
import { createAuditor } from '../../src/store/group-commit-auditor.js';
import { draft } from '../service/store/test-database.js';

/** Program of audit-crash.test.ts: writes audit records until it is killed, and says which were acknowledged. */
const client = await mongo.MongoClient.connect(process.argv[2] ?? '');
const auditor = await createAuditor(client.db());
process.stdout.write(`${auditor.process}\n`);
await Promise.all(
  Array.from({ length: 8 }, async (_, writer) => {
    for (let i = 0; ; i += 1) {
      await auditor.record(draft(`Observation/${writer}-${i}`));
      process.stdout.write(`Observation/${writer}-${i}\n`);
    }
  }),
);
