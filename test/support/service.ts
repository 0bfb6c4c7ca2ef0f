import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import mongoose, { type mongo } from 'mongoose';
import { signAccessToken } from '../../src/access/access-token.js';
import { findAccount } from '../../src/access/accounts.js';
import { ROLE_PROFILES } from '../../src/access/role-profile.js';
import { loadConfig } from '../../src/config/config.js';
import { type AppContext, createContext } from '../../src/context.js';
import { createApp } from '../../src/http/app.js';
import { logger } from '../../src/logger.js';
import { recordedProgress } from '../../src/progress.js';
import { openDatabase } from '../../src/store/connect.js';
import { databaseUri } from './database.js';
import { claimDatabase, fillFresh, releaseDatabase } from './database-pool.js';

/** Answer of a request, body parsed. */
export interface Answer<T = Record<string, unknown>> {
  readonly status: number;
  readonly headers: Headers;
  readonly body: T;
  readonly text: string;
}

/** The whole service in this process, on a database of its own, listening on a free port. */
export interface TestService {
  readonly url: string;
  readonly base: string;
  readonly context: AppContext;
  readonly db: mongo.Db;
  token(account: string): Promise<string>;
  /** One request as an account (or with no token when undefined); `path` is below /fhir. */
  call<T = Record<string, unknown>>(
    account: string | undefined,
    method: string,
    path: string,
    options?: { body?: unknown; headers?: Record<string, string> },
  ): Promise<Answer<T>>;
  stop(): Promise<void>;
}

/** Starts the service for one test file: catalogues and demonstration accounts are loaded, nothing else is there. */
export async function startService(env: Readonly<Record<string, string>> = {}): Promise<TestService> {
  logger.level = 'fatal';
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const name = claimDatabase();
  const config = loadConfig({
    NODE_ENV: 'test',
    PORT: String(port),
    MONGODB_URI: databaseUri(name),
    MONGODB_DATABASE: name,
    LOG_LEVEL: 'fatal',
    // Receivers of the tests are on this machine.
    OUTBOUND_LOOPBACK: 'true',
    // Tests turn the timers by hand.
    REFERRAL_TIMERS: 'false',
    ...env,
  });
  const progress = recordedProgress();
  const database = await openDatabase(config, progress);
  // Another configuration may start otherwise.
  if (Object.keys(env).length === 0) {
    const db = database.connection.db as unknown as mongo.Db;
    await fillFresh(db, async () => (await createContext(config, database, progress)).close());
  }
  const context = await createContext(config, database, progress);
  server.on('request', createApp(context));

  const tokens = new Map<string, string>();
  const token = async (account: string): Promise<string> => {
    const known = tokens.get(account);
    if (known) return known;
    const found = await findAccount(context.store, account);
    if (!found) throw new Error(`no account ${account}`);
    const signed = signAccessToken(
      context.keys,
      {
        sub: account,
        client_id: account,
        scope: ROLE_PROFILES[found.role].scope,
        iss: config.publicUrl,
        aud: `${config.publicUrl}/fhir`,
        jti: randomUUID(),
        role: found.role,
        acts_as: found.actsAs,
        ...(found.facility === undefined ? {} : { facility: found.facility }),
        purpose_of_use: 'TREAT',
      },
      3_600,
    );
    tokens.set(account, signed);
    return signed;
  };

  return {
    url: config.publicUrl,
    base: `${config.publicUrl}/fhir`,
    context,
    db: database.connection.db as unknown as mongo.Db,
    token,
    async call<T>(
      account: string | undefined,
      method: string,
      path: string,
      options: { body?: unknown; headers?: Record<string, string> } = {},
    ): Promise<Answer<T>> {
      const response = await fetch(`${config.publicUrl}/fhir/${path}`, {
        method,
        headers: {
          ...(account === undefined ? {} : { authorization: `Bearer ${await token(account)}` }),
          ...(options.body === undefined ? {} : { 'content-type': 'application/fhir+json' }),
          ...options.headers,
        },
        ...(options.body === undefined
          ? {}
          : { body: typeof options.body === 'string' ? options.body : JSON.stringify(options.body) }),
      });
      const text = await response.text();
      const body = (text === '' ? {} : JSON.parse(text)) as T;
      return { status: response.status, headers: response.headers, body, text };
    },
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await context.close();
      await releaseDatabase(database.connection.db as unknown as mongo.Db);
      await database.close();
      await mongoose.disconnect();
    },
  };
}
