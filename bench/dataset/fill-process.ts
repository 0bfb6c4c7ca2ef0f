import type { mongo } from 'mongoose';
import { loadConfig } from '../../src/config/config.js';
import { createContext, createFhirContext, resourceCatalogue } from '../../src/context.js';
import { streamProgress } from '../../src/progress.js';
import { firstLoad } from '../../src/cli/first-load.js';
import { openDatabase } from '../../src/store/connect.js';
import { fillDatabase, type Shape } from './fill-database.js';

// A process of its own, so that the bench keeps its memory: catalogue, accounts and the people of a data set into the
// database of MONGODB_URI; the last line of its output is the report as JSON.
const [shape = 'seed', size = '0'] = process.argv.slice(2);
const patients = Number(size);
const progress = streamProgress();
// Nothing but the load itself runs here.
const config = { ...loadConfig(), referralTimers: false };
const database = await openDatabase(config, progress);
const context = await createContext(config, database, progress);
const catalogue = resourceCatalogue(createFhirContext(config, database.connection));
const bar = progress.bar({ es: 'Pacientes', en: 'patients' }, 'pacientes', patients);
const db = database.connection.db as unknown as mongo.Db;
const report = await firstLoad(db, { patients, catalogue, progress }, async () => {
  const loaded = await fillDatabase(context, { shape: shape as Shape, size: patients }, (done) => bar.update(done));
  bar.end();
  return loaded;
});
await context.close();
await database.close();
process.stdout.write(`${JSON.stringify(report)}\n`);
