import { readFile } from 'node:fs/promises';
import { decodeText, parseCie10, storeCie10 } from '../seed/cie10-import.js';
import { StartupError } from '../startup-error.js';
import { bilingual } from '../words.js';
import { type Command, UsageError } from './command.js';
import { withDatabase } from './with-database.js';

const USAGE = new UsageError({
  es: 'Diga el archivo: cie10 import ARCHIVO.csv',
  en: 'name the file: cie10 import FILE.csv',
});

async function readTable(path: string): Promise<string> {
  try {
    return decodeText(await readFile(path));
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code ?? String(error);
    throw new StartupError({ es: `No se puede leer ${path}: ${reason}`, en: `${path} cannot be read: ${reason}` });
  }
}

/**
 * `cie10 import FILE.csv`: takes over the ministry's CIE-10 table. Nothing is written when a line cannot be used;
 * every such line is named.
 * @returns exit code: 0 imported, 1 rejected
 */
export const cie10: Command = async ({ args, env, out }) => {
  const [action, path, ...more] = args;
  if (action !== 'import' || path === undefined || more.length > 0) throw USAGE;
  const { rows, rejects } = parseCie10(await readTable(path));
  if (rejects.length > 0) {
    rejects.forEach(({ line, reason }) => out(`línea ${line}: ${reason}`));
    out(
      bilingual({
        es: `${rejects.length} líneas rechazadas: no se importó nada`,
        en: `${rejects.length} lines rejected: nothing was imported`,
      }),
    );
    return 1;
  }
  return withDatabase(env, async ({ store }) => {
    const edition = await storeCie10(store, rows);
    out(
      bilingual({
        es: `${rows.length} códigos importados, edición ${edition.slice(0, 12)}`,
        en: `${rows.length} codes imported, edition ${edition.slice(0, 12)}`,
      }),
    );
    return 0;
  });
};
