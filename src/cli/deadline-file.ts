import { readFile } from 'node:fs/promises';
import { type GivenDeadlines, parseTable, TableError } from '../referral/deadlines/given-table.js';
import { StartupError } from '../startup-error.js';

const unreadable = (path: string, es: string, en: string): StartupError =>
  new StartupError({ es: `${path}: ${es}`, en: `${path}: ${en}` });

/**
 * Reads a file with a table of deadlines (`parseTable`).
 * @throws StartupError for a file that cannot be read
 */
export async function readDeadlineFile(path: string): Promise<GivenDeadlines> {
  try {
    return parseTable(await readFile(path, 'utf8'));
  } catch (error) {
    if (error instanceof TableError) throw unreadable(path, error.words.es, error.words.en);
    const reason = (error as NodeJS.ErrnoException).code ?? String(error);
    throw unreadable(path, `no se puede leer: ${reason}`, `cannot be read: ${reason}`);
  }
}
