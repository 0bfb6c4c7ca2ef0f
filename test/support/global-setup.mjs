// jest loads this file itself, outside its TypeScript transform; the work is in test-replica-set.ts.
import { tsImport } from 'tsx/esm/api';

export default async function globalSetup() {
  const { startTestReplicaSet } = await tsImport('./test-replica-set.ts', import.meta.url);
  const replicaSet = await startTestReplicaSet();
  globalThis.testReplicaSet = replicaSet;
  process.env.TEST_MONGODB_URI = replicaSet.uri;
  // Suites about the embedded database start further ones with the same mongod.
  process.env.TEST_MONGOD_BINARY = replicaSet.binary.path;
  console.log(`MongoDB ${replicaSet.binary.version} (${replicaSet.uri})`);
}
