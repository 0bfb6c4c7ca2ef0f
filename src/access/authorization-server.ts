import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { KoaContextWithOIDC } from 'oidc-provider';
import { isServiceError } from '../errors.js';
import type { Store } from '../store/store.js';
import { createAccountLookup } from './authenticate.js';
import { OAUTH_MOUNT, openidConfiguration, smartConfiguration } from './discovery.js';
import type { KeySet } from './key-set.js';
import { rememberIssuer } from './issuer-setting.js';
import { loadOidcProvider } from './load-oidc-provider.js';
import { type ProviderInputs, providerConfiguration } from './provider-configuration.js';
import { claimedClient, tokenAudit, type TokenEvent } from './token-audit.js';

export interface AuthorizationServerOptions {
  readonly store: Store;
  readonly keys: KeySet;
  /** PUBLIC_URL, without a slash at the end. */
  readonly issuer: string;
  /** PUBLIC_URL/fhir. */
  readonly audience: string;
  /** Demonstration accounts are no clients. */
  readonly production: boolean;
  /** X-Request-Id of a request; a random one when absent. */
  readonly requestId?: (request: IncomingMessage, response: ServerResponse) => string;
  /** Address of the client; the peer of the connection when absent. */
  readonly clientAddress?: (request: IncomingMessage) => string | undefined;
  /** Page for a person whose sign-in cannot go on; without it the error is told as JSON. */
  readonly errorPage?: NonNullable<ProviderInputs['errorPage']>;
  /** Faults of the server, for the log. */
  readonly onError: (error: unknown) => void;
  /** What the library says while it loads, for the log. */
  readonly onNotice: (text: string) => void;
}

export interface AuthorizationServer {
  readonly issuer: string;
  /**
   * Handler to mount at `/oauth`, before any body parser: `/auth`, `/token`, `/jwks`. `next` is called for every other path;
   * without it they answer 404.
   */
  readonly callback: (request: IncomingMessage, response: ServerResponse, next?: () => void) => void;
  /**
   * Is this the sign-in page of an authorization request that waits? The request carries its cookie.
   * @param uid last part of the page's path
   */
  readonly awaitsSignIn: (request: IncomingMessage, response: ServerResponse, uid: string) => Promise<boolean>;
  /**
   * Ends the waiting sign-in: the person has proven to be `account`.
   * @returns address to send the browser to with 303; it leads back to the client with a code
   */
  readonly finishSignIn: (request: IncomingMessage, response: ServerResponse, account: string) => Promise<string>;
  /** Body of `/.well-known/openid-configuration`. */
  readonly openidConfiguration: () => Record<string, unknown>;
  /** Body of `/fhir/.well-known/smart-configuration` and `/.well-known/smart-configuration`. */
  readonly smartConfiguration: () => Record<string, unknown>;
}

/** Everything that is served below the mount. The library has more routes: they are not reachable. */
const ROUTES = /^\/(?:token|jwks|auth(?:\/[\w-]+)?)$/;
/** The library's own session of a browser; ours are in sessions.ts, and each authorization begins with the password. */
const LIBRARY_SESSION = /^rr_oauth(?:\.sig)?=/;

/** The request without the library's session, so that nobody goes on as the person before. */
function withoutLibrarySession({ headers }: IncomingMessage): void {
  if (headers.cookie === undefined) return;
  headers.cookie = headers.cookie
    .split(/; */)
    .filter((pair) => !LIBRARY_SESSION.test(pair))
    .join('; ');
}

/** True for faults that pass: the database is away, the audit cannot be written. */
const passes = (error: unknown): boolean =>
  (isServiceError(error) && error.status === 503) || /^Mongo/.test((error as Error | null)?.name ?? '');

const errorDetail = (error: unknown): string => {
  const { error_detail: detail, message } = (error ?? {}) as { error_detail?: string; message?: string };
  return detail ?? message ?? '';
};

function answerUnavailable(context: KoaContextWithOIDC): void {
  context.status = 503;
  context.set('Retry-After', '5');
  context.body = { error: 'temporarily_unavailable', error_description: 'the token cannot be issued right now' };
}

/**
 * The authorization server (design.md 3.7): `oidc-provider` with client credentials for systems and authorization code with
 * PKCE for people in the service's pages, its state in MongoDB.
 * Each token that is issued or refused is audited before the answer leaves; without audit there is no token.
 */
export async function createAuthorizationServer(options: AuthorizationServerOptions): Promise<AuthorizationServer> {
  const { store, issuer, onError } = options;
  const { Provider, errors, notices } = await loadOidcProvider();
  notices.forEach(options.onNotice);

  const lookup = createAccountLookup(store, { production: options.production });
  const provider = new Provider(issuer, providerConfiguration({ ...options, lookup, errors }));
  // The library takes addresses from these headers; the callback below sets them, whatever the request says.
  provider.proxy = true;
  const { host, protocol } = new URL(issuer);

  const failures = new WeakMap<KoaContextWithOIDC, unknown>();
  provider.on('grant.error', (context, error) => void failures.set(context, error));
  provider.on('server_error', (context, error) => {
    failures.set(context, error);
    onError(error);
  });

  const eventOf = async (context: KoaContextWithOIDC): Promise<TokenEvent> => {
    const { oidc, req, res } = context;
    const failure = failures.get(context);
    const grant = oidc.params?.['grant_type'];
    const clientId = oidc.client?.clientId ?? claimedClient(oidc.params);
    const token = oidc.entities.ClientCredentials ?? oidc.entities.AccessToken;
    const who = oidc.entities.AuthorizationCode?.accountId ?? clientId;
    const { error } = (context.body ?? {}) as { error?: string };
    return {
      grant: typeof grant === 'string' ? grant : 'none',
      who,
      clientId,
      account: oidc.client && who !== undefined ? await lookup(who) : undefined,
      requestId: options.requestId?.(req, res) ?? randomUUID(),
      ip: options.clientAddress?.(req) ?? req.socket.remoteAddress,
      ...(context.status === 200 && token
        ? { issued: { jti: token.jti, scope: token.scope ?? '' } }
        : { refused: { error: error ?? 'unknown', detail: errorDetail(failure), fault: context.status >= 500 } }),
    };
  };

  provider.use(async (koaContext, next) => {
    await next();
    // The library adds `oidc` to the context of the routes it knows.
    const context = koaContext as unknown as KoaContextWithOIDC;
    if ((context as Partial<KoaContextWithOIDC>).oidc?.route !== 'token') return;
    if (passes(failures.get(context))) answerUnavailable(context);
    try {
      await store.auditor.record(tokenAudit(await eventOf(context)));
    } catch (error) {
      onError(error);
      answerUnavailable(context);
    }
    context.set('Cache-Control', 'no-store');
    context.set('Pragma', 'no-cache');
  });

  await rememberIssuer(store, issuer);
  const handle = provider.callback();
  return {
    issuer,
    async awaitsSignIn(request, response, uid) {
      try {
        return (await provider.interactionDetails(request, response)).uid === uid;
      } catch (error) {
        if ((error as Error | null)?.name === 'SessionNotFound') return false;
        throw error;
      }
    },
    finishSignIn: (request, response, account) =>
      provider.interactionResult(request, response, { login: { accountId: account, remember: false } }),
    openidConfiguration: () => openidConfiguration(issuer),
    smartConfiguration: () => smartConfiguration(issuer),
    callback(request, response, next) {
      if (!ROUTES.test((request.url ?? '').split('?', 1)[0] ?? '')) {
        if (next) return next();
        response.writeHead(404).end();
        return;
      }
      // Addresses (the audience of assertions among them) come from PUBLIC_URL, never from the request.
      request.headers['x-forwarded-host'] = host;
      request.headers['x-forwarded-proto'] = protocol.slice(0, -1);
      withoutLibrarySession(request);
      Object.assign(request, { originalUrl: `${OAUTH_MOUNT}${request.url}` });
      void handle(request, response);
    },
  };
}
