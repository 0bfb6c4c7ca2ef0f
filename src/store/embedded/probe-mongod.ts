import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Words } from '../../words.js';
import type { MongodBinary } from './binary-source.js';

const run = promisify(execFile);

/**
 * Runs `PATH --version`.
 * @returns the binary with its version, or in words why it does not run (absent, no permission, a missing library)
 */
export async function probeMongod(path: string): Promise<{ binary: MongodBinary } | { reason: Words }> {
  try {
    const { stdout } = await run(path, ['--version'], { timeout: 15_000 });
    const version = /db version v(\d+\.\d+\.\d+)/.exec(stdout)?.[1];
    if (version) return { binary: { path, version } };
    return { reason: { es: `${path} no dice ser un mongod`, en: `${path} does not say it is a mongod` } };
  } catch (error) {
    const { code, stderr } = error as { code?: string | number; stderr?: string };
    const detail = stderr?.trim().split('\n')[0] ?? '';
    const cause = detail === '' ? String(code) : detail;
    return { reason: { es: `${path} no funciona aquí (${cause})`, en: `${path} does not run here (${cause})` } };
  }
}

/** Release series of a version: `6.0.5` -> `6.0`. Data files are compatible within one series only. */
export const seriesOf = (version: string): string => version.split('.').slice(0, 2).join('.');
