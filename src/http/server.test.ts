import { describe, expect, it } from 'vitest';
import { Agent, get } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { openServer } from './server.js';

interface Answer {
  readonly status: number | undefined;
  readonly connection: string | undefined;
}

const ask = (port: number, agent?: Agent): Promise<Answer> =>
  new Promise((resolve, reject) => {
    get({ host: '127.0.0.1', port, ...(agent ? { agent } : {}) }, (response: IncomingMessage) => {
      response.resume();
      response.once('end', () => resolve({ status: response.statusCode, connection: response.headers.connection }));
    }).once('error', reject);
  });

describe('the HTTP server', () => {
  it('answers 503 until the application is there', async () => {
    const server = await openServer('127.0.0.1', 0);
    expect((await ask(server.port)).status).toBe(503);
    server.serve((_request, response) => response.end('ok'));
    expect((await ask(server.port)).status).toBe(200);
    await server.drain(100);
  });

  it('says that a port is busy', async () => {
    const server = await openServer('127.0.0.1', 0);
    await expect(openServer('127.0.0.1', server.port)).rejects.toMatchObject({
      name: 'StartupError',
      message: expect.stringContaining(`Port ${server.port} of 127.0.0.1 is in use`),
    });
    await server.drain(100);
  });

  it('finishes running requests, closes their connections and refuses new ones', async () => {
    const server = await openServer('127.0.0.1', 0);
    let arrived = (): void => undefined;
    const running = new Promise<void>((resolve) => (arrived = resolve));
    server.serve((_request, response) => {
      arrived();
      setTimeout(() => response.end('done'), 500);
    });
    const agent = new Agent({ keepAlive: true });
    const answer = ask(server.port, agent);
    await running;
    await server.drain(5_000);
    expect(await answer).toEqual({ status: 200, connection: 'close' });
    await expect(ask(server.port)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    agent.destroy();
  });

  it('cuts off what does not end in time', async () => {
    const server = await openServer('127.0.0.1', 0);
    server.serve(() => undefined);
    const answer = ask(server.port).catch((error: NodeJS.ErrnoException) => error.code);
    await new Promise((resolve) => setTimeout(resolve, 50));
    await server.drain(100);
    expect(await answer).toBe('ECONNRESET');
  });
});
