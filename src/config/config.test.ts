import { afterAll, describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { atPort, loadConfig } from './config.js';
import { configurationPage } from './configuration-page.js';
import type { Environment } from './env.js';
import { packageRoot } from './paths.js';
import { DEMO_CURSOR_SECRET } from './secrets.js';
import { variableRows } from './variables.js';

/** The lines an operator reads; empty when the configuration is accepted. */
function problems(env: Environment): string[] {
  try {
    loadConfig(env);
    return [];
  } catch (error) {
    return (error as { text: string }).text.split('\n');
  }
}

const folder = mkdtempSync(join(tmpdir(), 'rr-config-'));
const jwks = join(folder, 'jwks.json');
writeFileSync(
  jwks,
  JSON.stringify({ keys: [{ kty: 'EC', kid: 'one', alg: 'ES256', crv: 'P-256', x: 'x', y: 'y', d: 'd' }] }),
);
afterAll(() => rmSync(folder, { recursive: true }));

const production: Environment = {
  NODE_ENV: 'production',
  PUBLIC_URL: 'https://referencia.example.hn/',
  MONGODB_URI: 'mongodb://db/?replicaSet=rs0',
  OAUTH_JWKS_FILE: jwks,
  CURSOR_SECRET: 'a secret that is long enough for us',
};

describe('the configuration', () => {
  it('needs nothing on a developer machine', () => {
    const config = loadConfig({});
    expect(config).toMatchObject({
      mode: 'development',
      production: false,
      server: { host: '127.0.0.1', port: 8080, trustProxy: false, bodyLimitBytes: 10_485_760 },
      publicUrl: 'http://127.0.0.1:8080',
      dataDir: join(process.cwd(), 'data'),
      database: { name: 'referencia', poolSize: 50, waitMs: 60_000 },
      demoData: true,
      logLevel: 'warn',
      secrets: { cursor: DEMO_CURSOR_SECRET },
    });
    expect(config.secrets.mongodbUri).toBeUndefined();
  });

  it('takes an empty variable as absent', () => {
    expect(loadConfig({ PORT: '', MONGODB_URI: '' }).server.port).toBe(8080);
  });

  it('is accepted in production when all is given', () => {
    const config = loadConfig(production);
    expect(config).toMatchObject({ production: true, demoData: false, logLevel: 'info' });
    expect(config.publicUrl).toBe('https://referencia.example.hn');
    expect(config.secrets.signingKeys?.keys).toHaveLength(1);
  });

  it.each([
    ['MONGODB_URI', undefined, 'MONGODB_URI is required in production'],
    ['OAUTH_JWKS_FILE', undefined, 'OAUTH_JWKS_FILE is required in production'],
    ['CURSOR_SECRET', undefined, 'CURSOR_SECRET is required in production'],
    ['PUBLIC_URL', '', 'PUBLIC_URL is required in production'],
    ['CURSOR_SECRET', DEMO_CURSOR_SECRET, 'CURSOR_SECRET is the demonstration secret'],
    ['DEMO_DATA', 'true', 'DEMO_DATA is refused in production'],
    ['OAUTH_JWKS_FILE', '/nowhere/jwks.json', 'is not a JWKS with private keys (ENOENT)'],
  ])('production refuses %s = %s', (name, value, text) => {
    const lines = problems({ ...production, [name]: value });
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain(text);
    expect(lines[0]).toContain(' / ');
  });

  it('sends text messages to a file in development and nowhere in production, unless told where', () => {
    const night = { from: 20 * 60, to: 7 * 60 };
    expect(loadConfig({ DATA_DIR: '/d' }).notifications.sms).toEqual({
      gateway: 'file',
      file: '/d/sms.ndjson',
      quiet: night,
    });
    expect(loadConfig({ SMS_QUIET_HOURS: 'none' }).notifications.sms.quiet).toBeUndefined();
    expect(() => loadConfig({ SMS_QUIET_HOURS: '8pm' })).toThrow('SMS_QUIET_HOURS');
    expect(loadConfig(production).notifications.sms.gateway).toBe('none');
    const http = { SMS_GATEWAY: 'http', SMS_URL: 'https://sms.example.hn/', SMS_KEY: 'una-clave-muy-larga' };
    const config = loadConfig({ ...production, ...http });
    expect(config.notifications.sms).toMatchObject({ gateway: 'http', url: 'https://sms.example.hn' });
    expect(config.secrets.smsKey).toBe('una-clave-muy-larga');
    expect(JSON.stringify(config.notifications)).not.toContain('clave');
    for (const [wrong, text] of [
      [{ SMS_GATEWAY: 'http' }, 'needs SMS_URL and SMS_KEY'],
      [{ ...http, SMS_URL: 'http://sms.example.hn' }, 'must be https in production'],
      [{ SMS_GATEWAY: 'file' }, 'refused in production'],
      [{ SMTP_URL: 'smtp://user:pw@mail.example.hn' }, 'needs MAIL_FROM'],
      [{ SMTP_URL: 'http://user:pw@mail.example.hn' }, 'SMTP_URL is not valid'],
    ] as const) {
      const lines = problems({ ...production, ...wrong });
      expect(lines.join()).toContain(text);
      expect(lines.join()).not.toContain('pw@');
    }
  });

  it('refuses a key file without private keys', () => {
    const file = join(folder, 'public.json');
    writeFileSync(file, JSON.stringify({ keys: [{ kty: 'EC', kid: 'one', alg: 'ES256', x: 'x', y: 'y' }] }));
    expect(problems({ OAUTH_JWKS_FILE: file })).toHaveLength(1);
  });

  it('names every problem at once, and no secret', () => {
    const lines = problems({ PORT: '70000', CURSOR_SECRET: 'short', LOG_LEVEL: 'loud', MONGODB_URI: 'http://u:pw@db' });
    expect(lines).toHaveLength(4);
    expect(lines.join('\n')).not.toMatch(/short|pw@/);
    expect(lines[0]).toContain('PORT');
  });

  it('reads ports and nothing that only looks like one', () => {
    fc.assert(
      fc.property(fc.integer({ min: -10, max: 99_999 }), (port) => {
        const good = port >= 0 && port <= 65_535;
        expect(problems({ PORT: String(port) })).toHaveLength(good ? 0 : 1);
      }),
    );
    for (const text of ['80.5', '0x50', '1e3', ' 80', 'http']) expect(problems({ PORT: text })).toHaveLength(1);
  });

  it('reads lists, proxies and flags', () => {
    const config = loadConfig({ MONGOD_SOURCES: 'cache, system', TRUST_PROXY: '2', DEMO_DATA: '0' });
    expect(config.database.embedded.sources).toEqual(['cache', 'system']);
    expect(config.server.trustProxy).toBe(2);
    expect(config.demoData).toBe(false);
    expect(loadConfig({ TRUST_PROXY: 'loopback, 10.0.0.0/8' }).server.trustProxy).toEqual(['loopback', '10.0.0.0/8']);
    expect(problems({ MONGOD_SOURCES: 'internet' })).toHaveLength(1);
  });

  it('follows the port that was really taken, unless a public address was given', () => {
    expect(atPort(loadConfig({ PORT: '0' }), 4_321)).toMatchObject({ publicUrl: 'http://127.0.0.1:4321' });
    expect(atPort(loadConfig({ HOST: '::1' }), 1).publicUrl).toBe('http://[::1]:1');
    expect(atPort(loadConfig({ PUBLIC_URL: 'https://a.example' }), 4_321).publicUrl).toBe('https://a.example');
  });
});

describe('docs/reference/configuration.md', () => {
  it('is what npm run docs writes', () => {
    const page = readFileSync(join(packageRoot, 'docs', 'reference', 'configuration.md'), 'utf8');
    expect(page).toBe(configurationPage());
  });

  it('shows each default as the schema has it', () => {
    const shown = variableRows.filter(({ fallback }) => /^[\w.]+$/.test(fallback) && !fallback.includes(':'));
    expect(shown.length).toBeGreaterThan(5);
    for (const { schema, fallback } of shown) expect(String(schema.parse(undefined))).toBe(fallback);
  });
});
