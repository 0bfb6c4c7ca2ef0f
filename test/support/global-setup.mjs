// jest loads this file itself, outside its TypeScript transform; the work is in test-replica-set.ts.
import { tsImport } from 'tsx/esm/api';

export default async function globalSetup() {
  const { startTestReplicaSet } = await tsImport('./test-replica-set.ts', import.meta.url);
  const replicaSet = await startTestReplicaSet();
  globalThis.testReplicaSet = replicaSet;
  process.env.TEST_MONGODB_URI = replicaSet.uri;
  console.log(`MongoDB ${replicaSet.version} (${replicaSet.uri})`);
}
