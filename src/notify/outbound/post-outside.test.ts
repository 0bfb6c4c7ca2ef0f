import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { postOutside } from './post-outside.js';

const OPEN = { httpsOnly: false, publicOnly: false };

describe('postOutside', () => {
  let server: Server;
  let port = 0;
  const seen: { url: string | undefined; host: string | undefined; body: string }[] = [];
  let answer: (request: IncomingMessage, response: ServerResponse) => void = () => undefined;

  beforeAll(async () => {
    server = createServer((request, response) => {
      let body = '';
      request.on('data', (chunk: Buffer) => (body += chunk.toString()));
      request.on('end', () => {
        seen.push({ url: request.url, host: request.headers.host, body });
        answer(request, response);
      });
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    ({ port } = server.address() as AddressInfo);
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });

  const post = (path: string, more: Partial<Parameters<typeof postOutside>[0]> = {}) =>
    postOutside({
      url: `http://hook.example.org:${port}${path}`,
      headers: { 'content-type': 'application/json' },
      body: '{"a":"ñ"}',
      rules: OPEN,
      resolve: () => Promise.resolve(['127.0.0.1']),
      ...more,
    });

  it('connects to the judged address under the name that was asked for', async () => {
    let asked = 0;
    answer = (_request, response) => response.writeHead(204).end();
    const resolve = (host: string): Promise<string[]> => {
      asked += 1;
      return Promise.resolve(host === 'hook.example.org' ? ['127.0.0.1'] : []);
    };
    expect(await post('/a?b=c', { resolve })).toEqual({ status: 204, retryAfter: undefined });
    expect(seen.at(-1)).toEqual({ url: '/a?b=c', host: `hook.example.org:${port}`, body: '{"a":"ñ"}' });
    expect(asked).toBe(1);
  });

  it('does not follow a redirect', async () => {
    answer = (_request, response) => response.writeHead(307, { location: `http://127.0.0.1:${port}/inside` }).end();
    const before = seen.length;
    expect((await post('/moved')).status).toBe(307);
    expect(seen.length).toBe(before + 1);
  });

  it('reads no more of an answer than its head', async () => {
    answer = (_request, response) => {
      response.writeHead(503, { 'retry-after': '120' });
      const more = (): void => {
        while (!response.destroyed && response.write('x'.repeat(65_536)));
        if (!response.destroyed) response.once('drain', more);
      };
      more();
    };
    expect(await post('/endless')).toEqual({ status: 503, retryAfter: '120' });
  });

  it('gives up on who does not answer', async () => {
    answer = () => undefined;
    await expect(post('/silent', { timeoutMs: 100 })).rejects.toThrow();
  });

  it('refuses inside addresses where only public ones may be called', async () => {
    const before = seen.length;
    await expect(post('/x', { rules: { httpsOnly: false, publicOnly: true } })).rejects.toThrow('address');
    expect(seen.length).toBe(before);
  });
});
