import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { BinarySource } from '../binary-source.js';
import { probeMongod, seriesOf } from '../probe-mongod.js';

const newestFirst = (a: string, b: string): number => b.localeCompare(a, 'en', { numeric: true });

/** A binary that an earlier start fetched: the newest of the series the data folder needs. */
export const cacheBinary: BinarySource = {
  name: 'cache',
  title: { es: 'carpeta de caché', en: 'cache folder' },
  async find({ cacheDir, series }) {
    const names = await readdir(cacheDir).catch(() => []);
    const versions = names.filter((name) => /^\d+\.\d+\.\d+$/.test(name)).sort(newestFirst);
    const version = versions.find((name) => series === undefined || seriesOf(name) === series);
    if (!version) return { reason: { es: `nada en ${cacheDir}`, en: `nothing in ${cacheDir}` } };
    return probeMongod(join(cacheDir, version, 'mongod'));
  },
};
