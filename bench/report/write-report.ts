import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { packageRoot } from '../../src/config/paths.js';
import { readResults } from '../result-file.js';
import { suitePage } from './suite-page.js';

const PAGES = [
  { suite: 'core', title: 'Core: read, create, update, transaction' },
  { suite: 'search', title: 'Search' },
  { suite: 'load', title: 'Load, disk, memory, start' },
] as const;

/**
 * Writes the generated pages of docs/performance from the result files.
 * @returns paths of the pages
 */
export async function writeReport(
  results: string,
  folder = join(packageRoot, 'docs', 'performance'),
): Promise<string[]> {
  const found = await readResults(results);
  return Promise.all(
    PAGES.map(async ({ suite, title }) => {
      const path = join(folder, `${suite}.md`);
      await writeFile(path, suitePage(suite, title, found));
      return path;
    }),
  );
}
