import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import type { BinarySource } from '../binary-source.js';
import { probeMongod } from '../probe-mongod.js';

async function firstOnPath(path: string): Promise<string | undefined> {
  for (const folder of path.split(delimiter).filter((part) => part !== '')) {
    const candidate = join(folder, process.platform === 'win32' ? 'mongod.exe' : 'mongod');
    const usable = await access(candidate, constants.X_OK).then(
      () => true,
      () => false,
    );
    if (usable) return candidate;
  }
  return undefined;
}

/** A `mongod` installed on this machine. */
export const pathBinary: BinarySource = {
  name: 'path',
  title: { es: 'mongod en el PATH', en: 'mongod on the PATH' },
  async find({ env }) {
    const found = await firstOnPath(env['PATH'] ?? '');
    return found ? probeMongod(found) : { reason: { es: 'no hay', en: 'there is none' } };
  },
};
