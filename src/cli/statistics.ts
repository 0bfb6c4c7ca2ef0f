import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { loadConfig } from '../config/config.js';
import { findingText, isServiceError } from '../errors.js';
import { attack, type AttackReport } from '../statistics/audit/attack.js';
import { readReleases } from '../statistics/audit/read-release.js';
import { buildRelease, type StatisticsContext } from '../statistics/release/build-release.js';
import { approveRelease, newestRelease, publishApproved } from '../statistics/release/publish-release.js';
import { writeReleaseFolders } from '../statistics/release/write-folders.js';
import type { Environment } from '../config/env.js';
import { bilingual } from '../words.js';
import { type Command, type CommandContext, UsageError } from './command.js';
import { attackLines, releaseLines } from './statistics-lines.js';
import { withDatabase } from './with-database.js';
import { withEngine } from './with-engine.js';

/** One call of the command, its arguments read. */
interface Call {
  readonly subject: string | undefined;
  readonly as: string | undefined;
  readonly threshold: number | undefined;
  readonly to: string | undefined;
  readonly env: Environment;
  readonly out: CommandContext['out'];
}

type Step = (call: Call) => Promise<number>;

const usage = (): UsageError =>
  new UsageError({
    es: 'Se esperaba: build AAAA-MM, report AAAA-MM, approve AAAA-MM --as CUENTA, publish o attack CARPETA.',
    en: 'expected: build YYYY-MM, report YYYY-MM, approve YYYY-MM --as ACCOUNT, publish, or attack FOLDER',
  });

function required(value: string | undefined): string {
  if (value === undefined) throw usage();
  return value;
}

/** Account that builds and publishes unless another is named. */
const USUAL_ACCOUNT = 'statistics';

/** Runs a step of the pipeline with a store that writes audit records. */
const withStatistics = (env: Environment, work: (context: StatisticsContext) => Promise<number>): Promise<number> =>
  withDatabase(env, (opened) => withEngine(opened, work));

/** Attacks the published files below a folder; 1 when a figure is recovered. */
async function attackFolder(folder: string, out: CommandContext['out']): Promise<number> {
  const report: AttackReport = await attack(await readReleases(folder));
  attackLines(report).forEach(out);
  return report.recovered.length === 0 ? 0 : 1;
}

const STEPS: Readonly<Record<string, Step>> = {
  build: ({ subject, as: account = USUAL_ACCOUNT, threshold, env, out }) =>
    withStatistics(env, async (context) => {
      const month = required(subject);
      const release = await buildRelease(context, {
        month,
        account,
        ...(threshold === undefined ? {} : { threshold }),
      });
      releaseLines(release).forEach(out);
      return release.report.ok ? 0 : 1;
    }),
  report: ({ subject, env, out }) =>
    withStatistics(env, async (context) => {
      const release = await newestRelease(context, required(subject));
      releaseLines(release).forEach(out);
      return release.report.ok ? 0 : 1;
    }),
  approve: ({ subject, as: account, env, out }) =>
    withStatistics(env, async (context) => {
      releaseLines(await approveRelease(context, required(subject), { account: required(account) })).forEach(out);
      return 0;
    }),
  publish: ({ as: account = USUAL_ACCOUNT, to, env, out }) =>
    withStatistics(env, async (context) => {
      const published = await publishApproved(context, { account });
      published.flatMap(releaseLines).forEach(out);
      const folder = to ?? join(loadConfig(env).dataDir, 'datos', 'v1', 'releases');
      const folders = await writeReleaseFolders(context.store, folder);
      out(
        bilingual({
          es: `${published.length} publicaciones nuevas; ${folders.length} en ${folder}`,
          en: `${published.length} new releases; ${folders.length} in ${folder}`,
        }),
      );
      return 0;
    }),
  attack: ({ subject, out }) => attackFolder(required(subject), out),
};

/**
 * `statistics build | report | approve | publish | attack`: the pipeline of the open statistics from the terminal.
 * Exit code 0 when done, 1 when the audit or a rule refuses, or an attack recovers a figure.
 */
export const statistics: Command = async ({ args, env, out }) => {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { as: { type: 'string' }, threshold: { type: 'string' }, to: { type: 'string' } },
  });
  const [name = '', subject] = positionals;
  const step = Object.hasOwn(STEPS, name) ? STEPS[name] : undefined;
  if (!step || positionals.length > 2) throw usage();
  const threshold = values.threshold === undefined ? undefined : Number(values.threshold);
  try {
    return await step({ subject, as: values.as, threshold, to: values.to, env, out });
  } catch (error) {
    if (!isServiceError(error)) throw error;
    for (const finding of error.findings)
      out(bilingual({ es: findingText(finding, 'es'), en: findingText(finding, 'en') }));
    return 1;
  }
};
