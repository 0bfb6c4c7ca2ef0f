import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** A network in front of the database that can lose what the database answers. */
export interface FaultProxy {
  /** Address of the database through the proxy. */
  readonly uri: string;
  /** From now on requests arrive, but answers stay on the way until `release`. */
  holdAnswers(): void;
  release(): void;
  close(): Promise<void>;
}

/** Starts a proxy in front of the (single) server of a MongoDB address. */
export async function startFaultProxy(uri: string): Promise<FaultProxy> {
  const target = new URL(uri);
  const sockets = new Set<Socket>();
  const answers = new Set<Socket>();
  let held = false;
  const server = createServer((client) => {
    const database = connect(Number(target.port), target.hostname);
    for (const socket of [client, database]) {
      sockets.add(socket);
      socket.on('error', () => socket.destroy());
    }
    answers.add(database);
    client.pipe(database);
    database.on('data', (bytes) => client.write(bytes));
    if (held) database.pause();
    client.on('close', () => database.destroy());
    database.on('close', () => client.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const through = new URL(uri);
  through.port = String((server.address() as AddressInfo).port);
  through.searchParams.delete('replicaSet');
  // Otherwise the driver goes straight to the address that the replica set gives for itself.
  through.searchParams.set('directConnection', 'true');
  return {
    uri: through.href,
    holdAnswers() {
      held = true;
      for (const socket of answers) socket.pause();
    },
    release() {
      held = false;
      for (const socket of answers) socket.resume();
    },
    async close() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
