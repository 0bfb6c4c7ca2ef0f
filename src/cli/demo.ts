import { parseArgs } from 'node:util';
import type { Environment } from '../config/env.js';
import { playDemo } from '../demo/play-demo.js';
import { startTemporaryService } from '../demo/temporary-service.js';
import { findingText, isServiceError } from '../errors.js';
import { streamProgress } from '../progress.js';
import { bilingual } from '../words.js';
import type { Command, CommandContext } from './command.js';
import { demonstrateStatistics } from './demo-statistics.js';
import { withDemoKeys } from './demo-keys.js';
import type { OpenedDatabase } from './with-database.js';
import { withEngine } from './with-engine.js';

/** Where `npm start` serves unless told otherwise. */
const USUAL_URL = 'http://127.0.0.1:8080';
const LOOK_MS = 2_000;

async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(`${url}/readyz`, { signal: AbortSignal.timeout(LOOK_MS) })).ok;
  } catch {
    return false;
  }
}

/** The releases of six months; what is not as it should be. Without the service's database they are left to its own command. */
async function statisticsOf(
  opened: OpenedDatabase | undefined,
  url: string,
  out: CommandContext['out'],
): Promise<readonly string[]> {
  if (!opened) {
    out('');
    out(
      bilingual({
        es: 'Estadísticas: se publican desde la base de datos del servicio, que aquí no se conoce; allá: npm run cli -- statistics',
        en: "statistics: they are published from the service's database, which is not known here; over there: npm run cli -- statistics",
      }),
    );
    return [];
  }
  try {
    return await withEngine(opened, (context) =>
      demonstrateStatistics(context, { url, out, progress: streamProgress() }),
    );
  } catch (error) {
    if (!isServiceError(error)) throw error;
    return error.findings.map((finding) =>
      bilingual({ es: findingText(finding, 'es'), en: findingText(finding, 'en') }),
    );
  }
}

async function play(env: Environment, url: string, out: CommandContext['out']): Promise<number> {
  out(`Demostración en / demonstration at ${url}`);
  return withDemoKeys(env, async (keys, opened) => {
    const { done, already, differences: steps } = await playDemo({ url, keys, out });
    const differences = [...steps, ...(await statisticsOf(opened, url, out))];
    out('');
    out(`${done} pasos hechos ahora, ${already} ya estaban, ${differences.length} diferencias`);
    out(`${done} steps done now, ${already} done before, ${differences.length} differences`);
    for (const difference of differences) out(`✗ ${difference}`);
    return differences.length === 0 ? 0 : 1;
  });
}

/** Plays on a service of its own, which ends with the demonstration. */
async function playAlone(env: Environment, out: CommandContext['out']): Promise<number> {
  out('No hay un servicio en marcha: se inicia uno temporal. / No service is running: starting a temporary one.');
  const service = await startTemporaryService(env);
  try {
    return await play(service.env, service.url, out);
  } finally {
    await service.stop();
    out('El servicio temporal y sus datos ya no están; para verlos: npm start y, aparte, npm run demo.');
    out('The temporary service and its data are gone; to look at them: npm start and, beside it, npm run demo.');
  }
}

/**
 * `demo [--url BASE]`: plays the main job over HTTP at BASE; without it at the usual address when a service answers
 * there, else on a temporary service of its own. Exit code 0 when every step was as expected, 1 otherwise.
 */
export const demo: Command = async ({ args, env, out }) => {
  const { values } = parseArgs({ args: [...args], options: { url: { type: 'string' } } });
  if (values.url !== undefined) return play(env, values.url, out);
  return (await answers(USUAL_URL)) ? play(env, USUAL_URL, out) : playAlone(env, out);
};
