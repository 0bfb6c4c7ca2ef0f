import { describe, expect, it } from 'vitest';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import express, { type RequestHandler } from 'express';
import helmet from 'helmet';
import { securityHeaders } from './security-headers.js';

/** Headers of an answer behind one handler. */
async function headersBehind(handler: RequestHandler): Promise<Record<string, string>> {
  const app = express();
  app.disable('x-powered-by');
  app.use(handler);
  app.get('/', (_request, response) => void response.end());
  const server = createServer(app);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const response = await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  const { date: _date, ...headers } = Object.fromEntries(response.headers);
  return headers;
}

describe('securityHeaders', () => {
  const options = {
    contentSecurityPolicy: { useDefaults: false, directives: { 'default-src': ["'none'"], 'script-src': ["'self'"] } },
    referrerPolicy: { policy: 'same-origin' },
  } as const;

  it('sets what helmet sets, and what is added', async () => {
    const expected = await headersBehind(helmet(options));
    const headers = await headersBehind(securityHeaders(options, { 'Cache-Control': 'no-store' }));
    expect(headers).toEqual({ ...expected, 'cache-control': 'no-store' });
    expect(headers['content-security-policy']).toBe("default-src 'none';script-src 'self'");
  });

  it('fails at once for a policy that helmet refuses', () => {
    const directives = { 'default-src': ['a;b'] };
    expect(() => securityHeaders({ contentSecurityPolicy: { useDefaults: false, directives } })).toThrow();
  });
});
