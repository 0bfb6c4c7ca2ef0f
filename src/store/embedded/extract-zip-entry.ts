import { createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { openPromise } from 'yauzl';

/**
 * Writes the first entry of a zip archive whose name ends with `suffix` to `target`, as a stream.
 * @returns false when the archive has no such entry
 */
export async function extractZipEntry(archive: string, suffix: string, target: string): Promise<boolean> {
  const zip = await openPromise(archive);
  try {
    for await (const entry of zip.eachEntry()) {
      if (!entry.fileName.endsWith(suffix)) continue;
      await pipeline(await zip.openReadStreamPromise(entry), createWriteStream(target, { mode: 0o755 }));
      return true;
    }
    return false;
  } finally {
    zip.close();
  }
}
