import { loadConfig } from '../../src/config/config.js';
import { createContext } from '../../src/context.js';
import { streamProgress } from '../../src/progress.js';
import { openDatabase } from '../../src/store/connect.js';
import { fillDatabase, type Shape } from './fill-database.js';

// A process of its own, so that the bench keeps its memory: catalogue, accounts and the people of a data set into the
// database of MONGODB_URI; the last line of its output is the report as JSON.
const [shape = 'seed', size = '0'] = process.argv.slice(2);
const progress = streamProgress();
const config = loadConfig();
const database = await openDatabase(config, progress);
const context = await createContext(config, database, progress);
const bar = progress.bar({ es: 'Pacientes', en: 'patients' }, 'pacientes', Number(size));
const report = await fillDatabase(context, { shape: shape as Shape, size: Number(size) }, (done) => bar.update(done));
bar.end();
await context.close();
await database.close();
process.stdout.write(`${JSON.stringify(report)}\n`);
