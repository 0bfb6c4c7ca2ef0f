/**
 * Address of a database of its own for one test file, on the replica set of the test run.
 * @param name short name of the suite, letters, digits and dashes
 */
export function testDatabaseUri(name: string): string {
  const base = process.env['TEST_MONGODB_URI'];
  if (!base) throw new Error('TEST_MONGODB_URI is not set: run the tests through jest, project `service`');
  const url = new URL(base);
  url.pathname = `/${testDatabaseName(name)}`;
  return url.href;
}

/** Name of that database: unique per suite, worker and run. */
export const testDatabaseName = (name: string): string =>
  `test_${name.replaceAll('-', '_')}_${process.env['JEST_WORKER_ID'] ?? '1'}_${process.pid}`;
