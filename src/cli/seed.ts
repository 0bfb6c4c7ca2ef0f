import { parseArgs } from 'node:util';
import type { mongo } from 'mongoose';
import { createFhirContext, resourceCatalogue, rebuilders, serviceCatalogue } from '../context.js';
import { streamProgress } from '../progress.js';
import type { GenerateOptions } from '../seed/generate-patients.js';
import { loadCatalogue } from '../seed/load-catalogue.js';
import { loadPatients, type LoadReport } from '../seed/load-patients.js';
import { createAuditor } from '../store/group-commit-auditor.js';
import { migrate } from '../store/migrate.js';
import { openStore } from '../store/mongo-store.js';
import { bilingual } from '../words.js';
import { type Command, UsageError } from './command.js';
import { firstLoad } from './first-load.js';
import { withDemonstrationDatabase } from './with-database.js';

const MAX_PATIENTS = 5_000_000;

/** Options of the command line. Throws UsageError for a number of patients that is none. */
export function seedOptions(args: readonly string[]): GenerateOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      patients: { type: 'string', default: '200' },
      seed: { type: 'string', default: '1' },
      rich: { type: 'boolean', default: false },
      'reference-date': { type: 'string' },
    },
  });
  const patients = Number(values.patients);
  if (!Number.isInteger(patients) || patients < 0 || patients > MAX_PATIENTS)
    throw new UsageError({
      es: `--patients debe ser un entero de 0 a ${MAX_PATIENTS}.`,
      en: `--patients must be a whole number from 0 to ${MAX_PATIENTS}.`,
    });
  if (!/^[\w.-]{1,40}$/.test(values.seed))
    throw new UsageError({
      es: '--seed admite de 1 a 40 letras, cifras, puntos y guiones.',
      en: '--seed takes 1 to 40 letters, digits, dots and hyphens.',
    });
  const referenceDate = values['reference-date'];
  if (referenceDate !== undefined && Number.isNaN(Date.parse(referenceDate)))
    throw new UsageError({
      es: '--reference-date debe ser una fecha ISO 8601.',
      en: '--reference-date must be an ISO 8601 date.',
    });
  return { patients, seed: values.seed, rich: values.rich, ...(referenceDate === undefined ? {} : { referenceDate }) };
}

/** What the command prints: what was written, what was left out, the rate. */
export function reportLines({ patients, resources, present, conflicts, seconds }: LoadReport): string[] {
  const rate = Math.round(resources / Math.max(seconds, 0.001));
  return [
    bilingual({
      es: `${patients} pacientes y ${resources} recursos nuevos en ${seconds.toFixed(1)} s: ${rate} recursos por segundo`,
      en: `${patients} new patients and ${resources} resources in ${seconds.toFixed(1)} s: ${rate} resources per second`,
    }),
    ...(present > 0
      ? [bilingual({ es: `${present} pacientes ya estaban`, en: `${present} patients were there already` })]
      : []),
    ...(conflicts > 0
      ? [
          bilingual({
            es: `${conflicts} pacientes omitidos: su número ya es de otra persona`,
            en: `${conflicts} patients left out: another person holds their number`,
          }),
        ]
      : []),
  ];
}

/**
 * `seed --patients N --seed S [--rich]`: the catalogue and N synthetic people with their histories.
 * Refused in production. The same seed gives the same people; those who are there are skipped.
 */
export const seed: Command = async ({ args, env, out }) => {
  const options = seedOptions(args);
  return withDemonstrationDatabase(env, async ({ config, database: { connection } }) => {
    const progress = streamProgress();
    const db = connection.db as unknown as mongo.Db;
    const engine = createFhirContext(config, connection);
    await migrate(db, progress, serviceCatalogue(engine), rebuilders(engine));
    const auditor = await createAuditor(db);
    try {
      const context = { ...engine, store: openStore(connection, auditor) };
      await loadCatalogue(context, progress);
      const bar = progress.bar({ es: 'Pacientes sintéticos', en: 'synthetic patients' }, 'pacientes', options.patients);
      const first = { patients: options.patients, catalogue: resourceCatalogue(engine), progress };
      const report = await firstLoad(db, first, async () => {
        const loaded = await loadPatients(context, options, (done) => bar.update(done));
        bar.end();
        return loaded;
      });
      reportLines(report).forEach(out);
      return 0;
    } finally {
      await auditor.close();
    }
  });
};
