/**
 * Address of a database on the replica set of the test run.
 * @param database its name
 */
export function databaseUri(database: string): string {
  const base = process.env['TEST_MONGODB_URI'];
  if (!base) throw new Error('TEST_MONGODB_URI is not set: run the tests by npm test, project `service`');
  const url = new URL(base);
  url.pathname = `/${database}`;
  return url.href;
}

/** Name of a database that only this process uses, for suites that start from nothing: letters, digits and dashes. */
export const testDatabaseName = (name: string): string => `test_${name.replaceAll('-', '_')}_${process.pid}`;

/** Address of that database. */
export const testDatabaseUri = (name: string): string => databaseUri(testDatabaseName(name));
