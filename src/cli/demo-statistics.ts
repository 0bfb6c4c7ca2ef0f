import type { FhirContext } from '../fhir/fhir-context.js';
import type { Progress } from '../progress.js';
import { loadPatients } from '../seed/load-patients.js';
import { type DemonstrationReport, publishDemonstration } from '../statistics/demonstration.js';
import type { ReleaseEntry } from '../statistics/release/released-files.js';
import { bilingual } from '../words.js';
import type { CommandContext } from './command.js';
import { demonstrationLines } from './statistics-lines.js';

/**
 * People of the departments where the demonstration accounts work and of the two largest: so that figures, and not only
 * zeros and hidden cells, are published of them.
 */
const DEPARTMENTS = ['01', '05', '08', '10'];
const PEOPLE = 900;
const MONTHS = 6;
/** Days that reach back over six closed months; about 110 referrals fall into each. */
const REACH = 220;
/** Seed of its own: these people are found again by a second run and are not those of `npm run seed`. */
const SEED = 'demostracion-estadisticas';

interface Options {
  /** Address of the service, with or without `/fhir`: where the releases can be read. */
  readonly url: string;
  readonly out: CommandContext['out'];
  readonly progress: Progress;
  readonly people?: number;
  readonly months?: number;
  readonly now?: Date;
}

/** The population is looked at on the first of the month: a second run makes the same people, whatever the year is. */
function firstOfMonth(now: Date): string {
  return new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), 1, 12)).toISOString();
}

/** Months that anybody can read at the service, as `YYYY-MM`. */
async function readableMonths(list: string): Promise<ReadonlySet<string>> {
  const answer = await fetch(list);
  if (!answer.ok) return new Set();
  const { releases } = (await answer.json()) as { readonly releases: readonly ReleaseEntry[] };
  return new Set(releases.map(({ month }) => month));
}

/** What is not as it should be: a figure recovered, a month not published or not to be read. */
function faultsOf({ releases, attack }: DemonstrationReport, readable: ReadonlySet<string>): string[] {
  const missing = releases.filter(({ month, state }) => state !== 'published' || !readable.has(month));
  return [
    ...attack.recovered.map(({ month, figure }) =>
      bilingual({ es: `${month}: se recuperó ${figure}`, en: `${figure} was recovered` }),
    ),
    ...missing.map(({ month, state }) =>
      state === 'published'
        ? bilingual({ es: `${month}: publicado, pero no se lee en el servicio`, en: 'published, but not to be read' })
        : bilingual({ es: `${month}: la auditoría lo rechaza`, en: 'refused by the audit' }),
    ),
  ];
}

/** Seeds the people whose referrals are counted; those who are there are skipped. */
async function seedPeople(
  context: FhirContext,
  { progress, out, people = PEOPLE, now = new Date() }: Options,
): Promise<void> {
  const bar = progress.bar({ es: 'Pacientes sintéticos', en: 'synthetic patients' }, 'pacientes', people);
  const options = {
    patients: people,
    seed: SEED,
    referenceDate: firstOfMonth(now),
    referralsEndedWithin: REACH,
    departments: DEPARTMENTS,
  };
  const { patients, resources, present } = await loadPatients(context, options, (done) => bar.update(done));
  bar.end();
  out(
    bilingual({
      es: `${patients} pacientes nuevos (${resources} recursos), ${present} ya estaban`,
      en: `${patients} new patients (${resources} resources), ${present} there already`,
    }),
  );
}

/**
 * The statistics of the demonstration: seeds people, takes the newest closed months through the pipeline, attacks all
 * published files, and asks the service whether the months can be read. Run again it changes nothing.
 * @param context engine on the database of the service at `url`
 * @returns what is not as it should be, in words; empty when all is well
 * @throws ServiceError when an account is missing or the last audit before publishing refused a release
 */
export async function demonstrateStatistics(context: FhirContext, options: Options): Promise<readonly string[]> {
  const { url, out, progress, months = MONTHS, now = new Date() } = options;
  out('');
  out(bilingual({ es: 'Estadísticas abiertas', en: 'open statistics' }));
  await seedPeople(context, options);
  const bar = progress.bar({ es: 'Meses', en: 'months' }, 'meses', months);
  const report = await publishDemonstration(context, months, now, (done) => bar.update(done));
  bar.end();
  demonstrationLines(report).forEach(out);
  const base = url.replace(/\/+$/, '').replace(/\/fhir$/, '');
  out(`${bilingual({ es: 'se leen en', en: 'read them at' })}: ${base}/datos · ${base}/datos/v1/releases`);
  return faultsOf(report, await readableMonths(`${base}/datos/v1/releases`));
}
