import { createServer } from 'node:http';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { StartupError } from '../startup-error.js';

/** Load balancers see /readyz fail before connections are refused. */
const NOTICE_MS = 300;

export interface HttpServer {
  /** The port taken. */
  readonly port: number;
  /** From now on requests go to the application; before, they are answered 503. */
  serve(application: RequestListener): void;
  /**
   * Lets running requests end and refuses new ones.
   * @param graceMs after this long, requests that still run are cut off
   */
  drain(graceMs: number): Promise<void>;
}

const starting = (_request: IncomingMessage, response: ServerResponse): void => {
  response.writeHead(503, { 'Retry-After': '2', 'Content-Type': 'text/plain; charset=utf-8', Connection: 'close' });
  response.end('el servicio está arrancando / the service is starting\n');
};

function cannotListen(host: string, port: number, cause: NodeJS.ErrnoException): StartupError {
  const problem =
    cause.code === 'EADDRINUSE'
      ? { es: `El puerto ${port} de ${host} está ocupado`, en: `Port ${port} of ${host} is in use` }
      : {
          es: `No se puede escuchar en ${host}:${port} (${cause.code})`,
          en: `Cannot listen on ${host}:${port} (${cause.code})`,
        };
  const advice = {
    es: 'Detenga el programa que lo usa (quizá otra instancia de este servicio) o indique otro en PORT.',
    en: 'Stop the program that uses it (perhaps another instance of this service), or name another one in PORT.',
  };
  return new StartupError([problem, advice], { cause });
}

/**
 * Takes the port before anything else is started, so that a busy one is told at once.
 * @throws StartupError when the address cannot be listened on
 */
export async function openServer(host: string, port: number): Promise<HttpServer> {
  let application: RequestListener = starting;
  let draining = false;
  const open = new Set<ServerResponse>();
  const server = createServer((request, response) => {
    open.add(response);
    response.once('close', () => open.delete(response));
    if (draining) response.setHeader('Connection', 'close');
    application(request, response);
  });
  // Longer than the idle time of usual load balancers, which otherwise send into a closing connection.
  server.keepAliveTimeout = 65_000;
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(cannotListen(host, port, error)));
    server.listen({ host, port }, resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    serve(listener) {
      application = listener;
    },
    async drain(graceMs) {
      if (open.size > 0 || application !== starting) await sleep(NOTICE_MS);
      draining = true;
      for (const response of open) if (!response.headersSent) response.setHeader('Connection', 'close');
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeIdleConnections();
      const cutOff = setTimeout(() => server.closeAllConnections(), graceMs);
      await closed;
      clearTimeout(cutOff);
    },
  };
}
