import { chromiumPath } from './browser.js';
import { startTestReplicaSet } from './test-replica-set.js';

/** One replica set and one Chromium for the run: what the workers need of them reaches them by the environment. */
export async function setup(): Promise<() => Promise<void>> {
  try {
    process.env['CHROMIUM_PATH'] = chromiumPath();
  } catch {
    // The browser tests say it; the others do not need one.
  }
  const replicaSet = await startTestReplicaSet();
  process.env['TEST_MONGODB_URI'] = replicaSet.uri;
  // Suites about the embedded database start further ones with the same mongod.
  process.env['TEST_MONGOD_BINARY'] = replicaSet.binary.path;
  console.log(`MongoDB ${replicaSet.binary.version} (${replicaSet.uri})`);
  return () => replicaSet.stop();
}
