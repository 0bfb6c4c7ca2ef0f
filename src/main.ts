import { atPort, loadConfig, localUrl } from './config/config.js';
import { createContext } from './context.js';
import { createApp } from './http/app.js';
import { openServer } from './http/server.js';
import { logger } from './logger.js';
import { streamProgress } from './progress.js';
import { installShutdown } from './shutdown.js';
import { isStartupError } from './startup-error.js';
import { openDatabase } from './store/connect.js';
import { startTracing } from './tracing.js';

/** Requests that are running when the service is asked to end get this long. */
const DRAIN_MS = 5_000;

/** What did not open needs no closing; why it did not has been told. */
const nothingToClose = (): void => undefined;

const progress = streamProgress();
const shutdown = installShutdown(progress);

/** `npm start`: configuration, port, database, context, application, in this order; closed in reverse, the database last. */
async function start(): Promise<void> {
  const given = loadConfig();
  logger.level = given.logLevel;
  // Opened first, so closed last: it takes the spans of everything else along.
  if (given.tracesTo !== undefined) shutdown.add(await startTracing(given.tracesTo));
  const { host } = given.server;
  const server = await openServer(host, given.server.port);
  const config = atPort(given, server.port);
  const opening = openDatabase(config, progress, { onFailure: (error) => void fail(error) });
  shutdown.add(() => opening.then((database) => database.close(), nothingToClose));
  const database = await opening;
  if (shutdown.isClosing()) return;
  const building = createContext(config, database, progress);
  shutdown.add(() => building.then((context) => context.close(), nothingToClose));
  const context = await building;
  if (shutdown.isClosing()) return;
  shutdown.add(() => {
    context.draining = true;
    return server.drain(DRAIN_MS);
  });
  server.serve(createApp(context));
  context.notifier.start();
  process.stdout.write(`listo / ready: ${localUrl(host, server.port)}\n`);
  for (const line of context.readyLines()) process.stdout.write(`${line}\n`);
}

/** Says why the service cannot run and leaves with code 1, after closing what is open. */
async function fail(error: unknown): Promise<void> {
  if (isStartupError(error)) process.stderr.write(`${error.text}\n`);
  else if (!shutdown.isClosing()) logger.fatal({ err: error }, 'the service did not start');
  await shutdown.run(1);
}

await start().catch(fail);
