import type { mongo } from 'mongoose';
import { createFhirContext } from '../context.js';
import type { FhirContext } from '../fhir/fhir-context.js';
import { createAuditor } from '../store/group-commit-auditor.js';
import type { OpenedDatabase } from './with-database.js';

/** Runs a piece of work with the FHIR engine on a store that writes audit records; seals them when the work is over. */
export async function withEngine<T>(
  { config, database: { connection } }: Pick<OpenedDatabase, 'config' | 'database'>,
  work: (context: FhirContext) => Promise<T>,
): Promise<T> {
  const auditor = await createAuditor(connection.db as unknown as mongo.Db);
  try {
    return await work(createFhirContext(config, connection, auditor));
  } finally {
    await auditor.close();
  }
}
