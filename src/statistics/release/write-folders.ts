import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Store } from '../../store/store.js';
import { releasesWithFiles } from './released-files.js';

const EXISTS = 'EEXIST';

/** Writes a file that must never change: what is there already must be the same. */
async function writeOnce(path: string, text: string): Promise<void> {
  try {
    await writeFile(path, text, { flag: 'wx' });
  } catch (error) {
    if ((error as { code?: unknown }).code !== EXISTS) throw error;
    if ((await readFile(path, 'utf8')) !== text)
      throw new Error(`${path} is not what was published: it was altered or belongs to another service`);
  }
}

/**
 * Copies every published release into `FOLDER/YYYY-MM/vN/`, for a static server and for attacks on what is public.
 * Files that are there already are compared, never written over.
 * @returns folders of the releases
 * @throws Error when a file there differs
 */
export async function writeReleaseFolders(store: Store, folder: string): Promise<string[]> {
  const written: string[] = [];
  for (const { month, version, files } of await releasesWithFiles(store)) {
    const target = join(folder, month, `v${version}`);
    await mkdir(target, { recursive: true });
    for (const { name, text } of files) await writeOnce(join(target, name), text);
    written.push(target);
  }
  return written;
}
