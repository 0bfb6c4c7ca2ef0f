import { createWriteStream } from 'node:fs';
import { userInfo } from 'node:os';
import { parseArgs } from 'node:util';
import { finished } from 'node:stream/promises';
import type { mongo } from 'mongoose';
import { type ImportReport, importFiles } from '../bulk/import/import-files.js';
import { inOrder } from '../bulk/import/in-order.js';
import { type SourceFile, sourceFile, standardInput } from '../bulk/import/source-file.js';
import { writeRejects } from '../bulk/import/write-rejects.js';
import { createFhirContext, resourceCatalogue, serviceCatalogue } from '../context.js';
import { streamProgress } from '../progress.js';
import { StartupError } from '../startup-error.js';
import { withDeferredIndexes } from '../store/defer-indexes.js';
import { migrate } from '../store/migrate.js';
import type { Store } from '../store/store.js';
import { type Command, UsageError } from './command.js';
import { reportLines } from './import-report.js';
import { withDatabase } from './with-database.js';
import { withEngine } from './with-engine.js';

/** From this size on a first load builds its indexes at the end, bytes. */
const DEFER_FROM = 16_000_000;

export interface ImportArguments {
  readonly files: readonly string[];
  readonly resume: boolean;
  readonly rejects?: string;
  readonly custodian?: string;
}

/** Arguments of the command line. Throws UsageError without a file, and for one named twice. */
export function importArguments(args: readonly string[]): ImportArguments {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      continue: { type: 'boolean', default: false },
      rejects: { type: 'string' },
      custodian: { type: 'string' },
    },
  });
  if (positionals.length === 0)
    throw new UsageError({
      es: 'Diga qué archivo importar; «-» es la entrada estándar.',
      en: 'Name a file; "-" is standard input.',
    });
  if (new Set(positionals).size < positionals.length)
    throw new UsageError({ es: 'Un archivo se nombra dos veces.', en: 'A file is named twice.' });
  const { rejects, custodian } = values;
  return {
    files: positionals,
    resume: values.continue,
    ...(rejects === undefined ? {} : { rejects }),
    ...(custodian === undefined ? {} : { custodian }),
  };
}

/** Throws StartupError for a file that cannot be read. */
async function openFile(path: string): Promise<SourceFile> {
  if (path === '-') return standardInput(process.stdin, `stdin-${new Date().toISOString()}`);
  return sourceFile(path).catch((error: unknown) => {
    const reason = error instanceof Error ? error.message : String(error);
    throw new StartupError({ es: `No se puede leer ${path}: ${reason}`, en: `${path} cannot be read: ${reason}` });
  });
}

async function writeRejectFile(store: Store, files: readonly SourceFile[], path: string): Promise<void> {
  const out = createWriteStream(path);
  await writeRejects(store, files, out);
  out.end();
  await finished(out);
}

/**
 * `import FILE... [--continue] [--rejects FILE] [--custodian ORGANIZATION]`: NDJSON, plain or packed, into the service's database.
 * Exit code 0 when every line was taken, 2 when some were rejected, 1 when it could not be finished.
 */
export const importCommand: Command = async ({ args, env, out }) => {
  const { files: paths, resume, rejects, custodian } = importArguments(args);
  const files = await inOrder(await Promise.all(paths.map(openFile)));
  return withDatabase(env, async (opened) => {
    const db = opened.database.connection.db as unknown as mongo.Db;
    const progress = streamProgress();
    const engine = createFhirContext(opened.config, opened.database.connection);
    await migrate(db, progress, serviceCatalogue(engine));
    const large = files.reduce((sum, { size = 0 }) => sum + size, 0) >= DEFER_FROM;
    const bar = progress.bar({ es: 'Importación', en: 'import' }, 'MB', 0);
    const load = async (): Promise<ImportReport> => {
      const report = await withEngine(opened, (context) =>
        importFiles(context, files, {
          resume,
          by: userInfo().username,
          bar,
          ...(custodian === undefined ? {} : { custodian }),
        }),
      );
      bar.end();
      return report;
    };
    try {
      const report = large
        ? await withDeferredIndexes(db, { catalogue: resourceCatalogue(engine), progress }, load)
        : await load();
      reportLines(report).forEach(out);
      return report.rejected > 0 ? 2 : 0;
    } finally {
      if (rejects !== undefined) await writeRejectFile(opened.store, files, rejects);
    }
  });
};
