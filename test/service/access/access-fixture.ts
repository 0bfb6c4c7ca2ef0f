import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { importJWK, type JWTHeaderParameters, type JWTPayload, SignJWT } from 'jose';
import { demoClientKey, ensureDemoAccounts } from '../../../src/access/accounts.js';
import { type AuthorizationServer, createAuthorizationServer } from '../../../src/access/authorization-server.js';
import type { KeySet } from '../../../src/access/key-set.js';
import { loadSigningKeys } from '../../../src/access/signing-keys.js';
import { loadConfig } from '../../../src/config/config.js';
import { recordedProgress } from '../../../src/progress.js';
import type { AuditDraft } from '../../../src/store/audit-record.js';
import type { Auditor } from '../../../src/store/auditor.js';
import { connectReplicaSet } from '../../../src/store/connect-replica-set.js';
import { catalogueId } from '../../../src/store/ids.js';
import { MongoStore } from '../../../src/store/mongo-store.js';
import type { Store } from '../../../src/store/store.js';
import { testDatabaseName, testDatabaseUri } from '../../support/database.js';

export const SECRETS = { cursor: 'a secret of the tests, long enough for HS256' } as const;

/** An auditor that shows what was recorded, and fails when told to. */
export class RecordingAuditor implements Auditor {
  readonly process = 'test';
  readonly records: AuditDraft[] = [];
  broken = false;

  async record(draft: AuditDraft): Promise<void> {
    if (this.broken) throw new Error('the audit collection is locked');
    this.records.push(draft);
  }
  stamp(): never {
    throw new Error('tokens are not written in transactions');
  }
  committed(): void {}
  aborted(): void {}
  async close(): Promise<void> {}
}

export const organizationOf = (alias: string): string => catalogueId('Organization', alias);
export const resolveFacility = (alias: string): { id: string; members: string[] } => ({
  id: organizationOf(alias),
  members: alias === 'red1' ? [organizationOf('uaps1'), organizationOf('hosp1')] : [organizationOf(alias)],
});

export interface TestStore {
  readonly store: Store;
  readonly auditor: RecordingAuditor;
  close(): Promise<void>;
}

/** A store on a database of its own. */
export async function openTestStore(name: string): Promise<TestStore> {
  const { database } = loadConfig({ MONGODB_DATABASE: testDatabaseName(name) });
  const { connection } = await connectReplicaSet(
    testDatabaseUri(name),
    database,
    recordedProgress(() => undefined),
  );
  const auditor = new RecordingAuditor();
  const store = new MongoStore(connection, { auditor });
  return {
    store,
    auditor,
    async close() {
      await connection.dropDatabase();
      await connection.close();
    },
  };
}

export interface TestAuthorizationServer extends TestStore {
  readonly keys: KeySet;
  readonly issuer: string;
  readonly audience: string;
  readonly server: AuthorizationServer;
  /** What the server gave to its log. */
  readonly faults: readonly unknown[];
}

/** The authorization server behind plain Node HTTP, mounted at `/oauth` like the application does it. */
export async function startAuthorizationServer(
  name: string,
  options: { readonly production?: boolean; readonly publicUrl?: string } = {},
): Promise<TestAuthorizationServer> {
  const opened = await openTestStore(name);
  await ensureDemoAccounts(opened.store, resolveFacility);
  const keys = await loadSigningKeys(opened.store, SECRETS);
  const faults: unknown[] = [];
  const http: Server = createServer();
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  const address = `http://127.0.0.1:${(http.address() as AddressInfo).port}`;
  const issuer = options.publicUrl ?? address;
  const audience = `${issuer}/fhir`;
  const server = await createAuthorizationServer({
    store: opened.store,
    keys,
    issuer,
    audience,
    production: options.production ?? false,
    onError: (error) => void faults.push(error),
    onNotice: () => undefined,
  });
  http.on('request', (request: IncomingMessage, response: ServerResponse) => {
    const original = request.url ?? '';
    if (!original.startsWith('/oauth')) return void response.writeHead(404).end();
    Object.assign(request, { originalUrl: original, url: original.slice('/oauth'.length) });
    server.callback(request, response);
  });
  return {
    ...opened,
    keys,
    issuer: address,
    audience,
    server,
    faults,
    async close() {
      http.closeAllConnections();
      await new Promise((resolve) => http.close(resolve));
      await opened.close();
    },
  };
}

/** A client assertion of a demonstration system; `claims` and `header` replace what a good one has. */
export async function assertionOf(
  store: Store,
  client: string,
  audience: string,
  claims: JWTPayload = {},
  header: Partial<JWTHeaderParameters> = {},
): Promise<string> {
  const jwk = await demoClientKey(store, client);
  if (!jwk) throw new Error(`${client} has no key`);
  const now = Math.floor(Date.now() / 1_000);
  return new SignJWT({ iss: client, sub: client, aud: audience, jti: randomUUID(), exp: now + 240, ...claims })
    .setProtectedHeader({ alg: jwk.alg, kid: jwk.kid, typ: 'JWT', ...header })
    .sign(await importJWK({ ...jwk }, header.alg ?? jwk.alg));
}

export interface TokenAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: { access_token?: string; error?: string; scope?: string; expires_in?: number; token_type?: string };
}

/** Asks for a token; `form` replaces or adds parameters of the request. */
export async function askToken(
  address: string,
  assertion: string,
  form: Readonly<Record<string, string>> = {},
  headers: Readonly<Record<string, string>> = {},
): Promise<TokenAnswer> {
  const response = await fetch(`${address}/oauth/token`, {
    method: 'POST',
    headers,
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      scope: 'system/*.cruds',
      client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
      client_assertion: assertion,
      ...form,
    }),
  });
  return { status: response.status, headers: response.headers, body: (await response.json()) as TokenAnswer['body'] };
}
