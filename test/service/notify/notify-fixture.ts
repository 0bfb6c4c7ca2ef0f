import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { BackOff } from '../../../src/notify/back-off.js';

/** A request that a receiver got. */
export interface Received {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  readonly status: number;
}

/** A real HTTP receiver whose answers a test decides. */
export interface Receiver {
  readonly url: string;
  /** Everything that came, refused or not. */
  readonly received: Received[];
  /** Bodies that were taken (2xx), parsed. */
  taken<T>(path?: string): T[];
  /** Answer of the next requests; 200 unless told otherwise. */
  answer: (path: string) => { readonly status: number; readonly headers?: Record<string, string> };
  close(): Promise<void>;
}

export async function openReceiver(): Promise<Receiver> {
  const received: Received[] = [];
  const server: Server = createServer((request, response) => {
    let text = '';
    request.on('data', (chunk: Buffer) => (text += chunk.toString()));
    request.on('end', () => {
      const path = request.url ?? '';
      const { status, headers = {} } = receiver.answer(path);
      received.push({ path, headers: request.headers, text, status });
      response.writeHead(status, headers).end();
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const receiver: Receiver = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    received,
    taken: <T>(path?: string) =>
      received
        .filter((one) => one.status < 300 && (path === undefined || one.path === path))
        .map(({ text }) => JSON.parse(text) as T),
    answer: () => ({ status: 200 }),
    async close() {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
  return receiver;
}

/** Waits until something is so; what it waited for is in the error when it never is. */
export async function until(what: string, isSo: () => boolean | Promise<boolean>): Promise<void> {
  const end = performance.now() + 60_000;
  while (!(await isSo())) {
    if (performance.now() > end) throw new Error(`never: ${what}`);
    await sleep(25);
  }
}

/** Fast enough for a test; the waits themselves are a unit test. */
export const FAST: BackOff = { firstMs: 20, mostMs: 60, jitter: 0.5, tries: 1_000 };
