import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { StartupError } from '../../startup-error.js';

const stateSchema = z.object({
  port: z.int().min(1).max(65_535),
  version: z
    .string()
    .regex(/^\d+\.\d+\.\d+$/)
    .optional(),
});

/** What a data folder remembers: the fixed port and the MongoDB that last opened it. */
export type DataFolderState = z.output<typeof stateSchema>;

const stateFile = (folder: string): string => join(folder, 'database.json');

/** Folder of mongod's own files. */
export const databasePath = (folder: string): string => join(folder, 'mongo');

/** Writes a small file so that a reader sees the old text or the new one, never half of it. */
export async function replaceFile(path: string, text: string): Promise<void> {
  const part = `${path}.${process.pid}`;
  await writeFile(part, text, { mode: 0o600 });
  await rename(part, path);
}

/** Makes the folders where they are missing. */
export async function prepareDataFolder(folder: string): Promise<void> {
  try {
    await mkdir(databasePath(folder), { recursive: true });
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    throw new StartupError(
      {
        es: `No se puede crear la carpeta de datos ${folder} (${code}).`,
        en: `The data folder ${folder} cannot be made (${code}).`,
      },
      { cause },
    );
  }
}

/** State of a data folder; undefined when the folder is new. */
export async function readDataFolderState(folder: string): Promise<DataFolderState | undefined> {
  let text: string;
  try {
    text = await readFile(stateFile(folder), 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
  try {
    return stateSchema.parse(JSON.parse(text));
  } catch (cause) {
    throw new StartupError(
      {
        es: `${stateFile(folder)} está dañado: debe ser {"port": N, "version": "X.Y.Z"}.`,
        en: `${stateFile(folder)} is damaged: it must be {"port": N, "version": "X.Y.Z"}.`,
      },
      { cause },
    );
  }
}

export const writeDataFolderState = (folder: string, state: DataFolderState): Promise<void> =>
  replaceFile(stateFile(folder), `${JSON.stringify(state)}\n`);
