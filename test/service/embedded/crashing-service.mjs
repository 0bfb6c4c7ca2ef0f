// A service that is killed while it writes: starts the embedded database of the folder in argv[2], prints the number
// of each acknowledged document, and never ends by itself.
import { tsImport } from 'tsx/esm/api';

const [folder, binary] = process.argv.slice(2);
const load = (path) => tsImport(`../../../src/${path}.ts`, import.meta.url);
const { loadConfig } = await load('config/config');
const { recordedProgress } = await load('progress');
const { openDatabase } = await load('store/connect');
const config = loadConfig({ NODE_ENV: 'test', DATA_DIR: folder, MONGOMS_SYSTEM_BINARY: binary });
const { connection } = await openDatabase(config, recordedProgress());
for (let number = 0; ; number += 1) {
  await connection.collection('written').insertOne({ number });
  process.stdout.write(`${number}\n`);
}
