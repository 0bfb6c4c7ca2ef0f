import { spawn } from 'node:child_process';
import { mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { packageRoot } from '../../../config/paths.js';
import type { ProgressBar } from '../../../progress.js';
import type { BinarySource, SourceContext } from '../binary-source.js';
import { probeMongod } from '../probe-mongod.js';

/** Newest patch release we ask for, by series; the first is what an empty data folder gets. */
export const RELEASES: Readonly<Record<string, string>> = { '8.0': '8.0.12', '7.0': '7.0.16', '6.0': '6.0.20' };
export const DEFAULT_SERIES = '8.0';
const PROBE_TIMEOUT_MS = 3_000;

/** Runs mongodb-memory-server's downloader by itself: its prints and its settings stay out of this process. */
const DOWNLOADER = `
import { MongoBinary } from 'mongodb-memory-server';
const [version, downloadDir] = process.argv.slice(1);
try {
  process.send({ path: await MongoBinary.getPath({ version, downloadDir, checkMD5: true }) });
} catch (error) {
  process.send({ failure: String(error.message).split('\\n')[0] });
}
process.disconnect();`;

/** True when anything answers HTTP at the address within three seconds: the library itself would try for longer. */
const answers = (url: string): Promise<boolean> =>
  fetch(url, { method: 'HEAD', redirect: 'manual', signal: AbortSignal.timeout(PROBE_TIMEOUT_MS) }).then(
    () => true,
    () => false,
  );

/** `... 12.5% (9.4mb / 75.2mb)` in the downloader's output moves our bar. */
function showProgress(text: string, bar: ProgressBar): void {
  const match = [...text.matchAll(/\(([\d.]+)mb \/ ([\d.]+)mb\)/g)].at(-1);
  if (match) bar.update(Number(match[1]) * 1_048_576, Number(match[2]) * 1_048_576);
}

function fetchBinary(
  version: string,
  folder: string,
  { env, progress }: SourceContext,
): Promise<{ path?: string; failure?: string }> {
  const bar = progress.bar({ es: `Descargando MongoDB ${version}`, en: `downloading MongoDB ${version}` }, 'MB');
  const { MONGOMS_SYSTEM_BINARY: _ignored, ...rest } = env;
  return new Promise((resolve) => {
    let answer: { path?: string; failure?: string } = {};
    const child = spawn(process.execPath, ['--input-type=module', '-e', DOWNLOADER, version, folder], {
      cwd: packageRoot,
      // Without this the library does not check the server's certificate.
      env: { ...rest, npm_config_strict_ssl: 'true' },
      stdio: ['ignore', 'pipe', 'ignore', 'ipc'],
    });
    child.stdout?.on('data', (chunk: Buffer) => showProgress(chunk.toString(), bar));
    child.on('message', (message) => (answer = message as typeof answer));
    child.on('error', (error) => (answer = { failure: error.message }));
    child.on('close', (code) => {
      bar.end();
      resolve(answer.path === undefined && answer.failure === undefined ? { failure: `exit ${code}` } : answer);
    });
  });
}

/** MongoDB's download site (or MONGOMS_DOWNLOAD_MIRROR), through mongodb-memory-server. */
export const downloadSite: BinarySource = {
  name: 'download',
  title: { es: 'sitio de descargas de MongoDB', en: "MongoDB's download site" },
  async find(context) {
    const { env, cacheDir, series } = context;
    const version = RELEASES[series ?? DEFAULT_SERIES];
    if (!version) return { reason: { es: `no se pide la serie ${series}`, en: `series ${series} is not asked for` } };
    const site = env['MONGOMS_DOWNLOAD_MIRROR'] ?? 'https://fastdl.mongodb.org';
    if (!(await answers(site))) return { reason: { es: `${site} no responde`, en: `${site} does not answer` } };
    const folder = join(cacheDir, version);
    await mkdir(folder, { recursive: true });
    const { path, failure = '' } = await fetchBinary(version, folder, context);
    if (path === undefined) {
      await rm(folder, { recursive: true, force: true });
      return { reason: { es: `la descarga falló (${failure})`, en: `the download failed (${failure})` } };
    }
    // The library may find a binary in its own cache: that one stays where it is.
    if (!path.startsWith(folder)) return probeMongod(path);
    await rename(path, join(folder, 'mongod'));
    return probeMongod(join(folder, 'mongod'));
  },
};
