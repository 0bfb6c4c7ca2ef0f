import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';

async function folderSize(folder: string): Promise<number> {
  const names = await readdir(folder, { recursive: true }).catch(() => []);
  const sizes = names.map((name) =>
    stat(join(folder, name)).then(
      (entry) => (entry.isFile() ? entry.size : 0),
      () => 0, // moved or removed meanwhile
    ),
  );
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
}

/**
 * Reports the bytes below a folder while another program downloads into it.
 * @returns a function that stops watching
 */
export function watchFolderSize(folder: string, report: (bytes: number) => void, everyMs = 150): () => void {
  const timer = setInterval(() => void folderSize(folder).then(report), everyMs);
  return () => clearInterval(timer);
}
