import type { Writable } from 'node:stream';
import { once } from 'node:events';
import type { Store } from '../../store/store.js';
import { ImportState } from './import-state.js';
import type { SourceFile } from './source-file.js';

const PAGE = 500;

/**
 * Writes the lines that were rejected as NDJSON, in the order of the files and lines:
 * `{line, file, resourceType, id, issues}`, `issues` being those of an OperationOutcome.
 * The list is that of the whole import, also when it took several runs.
 */
export async function writeRejects(
  store: Pick<Store, 'support'>,
  files: readonly SourceFile[],
  out: Writable,
): Promise<void> {
  const state = new ImportState(store);
  for (const file of files)
    for await (const page of state.lines(file.id, 'rejected', { limit: PAGE }))
      for (const { line, type, id, issues } of page) {
        const text = JSON.stringify({ line, file: file.name, resourceType: type, id, issues });
        if (!out.write(`${text}\n`)) await once(out, 'drain');
      }
}
