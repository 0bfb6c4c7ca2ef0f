import { atPort, loadConfig, localUrl } from './config/config.js';
import { createContext } from './context.js';
import { createApp } from './http/app.js';
import { openServer } from './http/server.js';
import { logger } from './logger.js';
import { streamProgress } from './progress.js';
import { installShutdown } from './shutdown.js';
import { isStartupError } from './startup-error.js';
import { openDatabase } from './store/connect.js';

/** Requests that are running when the service is asked to end get this long. */
const DRAIN_MS = 5_000;

const progress = streamProgress();
const shutdown = installShutdown(progress);

/** `npm start`: port, database, context, application, in this order; closed in reverse, the database last. */
async function start(): Promise<void> {
  const given = loadConfig();
  logger.level = given.logLevel;
  const { host } = given.server;
  const server = await openServer(host, given.server.port);
  const config = atPort(given, server.port);
  const database = await openDatabase(config, progress, {
    onFailure(error) {
      process.stderr.write(`${error.text}\n`);
      void shutdown.run(1);
    },
  });
  shutdown.add(() => database.close());
  const context = await createContext(config, database, progress);
  shutdown.add(() => context.close());
  shutdown.add(async () => {
    context.draining = true;
    await server.drain(DRAIN_MS);
  });
  server.serve(createApp(context));
  process.stdout.write(`listo / ready: ${localUrl(host, server.port)}\n`);
  for (const line of context.readyLines()) process.stdout.write(`${line}\n`);
}

try {
  await start();
} catch (error) {
  if (isStartupError(error)) process.stderr.write(`${error.text}\n`);
  else logger.fatal({ err: error }, 'the service did not start');
  await shutdown.run(1);
}
