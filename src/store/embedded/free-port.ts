import { createServer } from 'node:net';

/** Below the range that systems give to outgoing connections (32768 and up on Linux). */
const FIRST_PORT = 27_100;
const PORTS = 900;

/** True when nothing listens on the port of the loopback address. */
export const isPortFree = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => server.close(() => resolve(true)));
  });

/** A free port for a new data folder. It is stored and kept: the replica set's configuration holds it. */
export async function choosePort(): Promise<number> {
  const start = Math.floor(Math.random() * PORTS);
  for (let step = 0; step < PORTS; step += 1) {
    const port = FIRST_PORT + ((start + step) % PORTS);
    if (await isPortFree(port)) return port;
  }
  throw new Error(`no free port between ${FIRST_PORT} and ${FIRST_PORT + PORTS - 1}`);
}
