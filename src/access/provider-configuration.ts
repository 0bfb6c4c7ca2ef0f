import { createHmac } from 'node:crypto';
import type { Configuration, errors as OidcErrors, JWK, KoaContextWithOIDC } from 'oidc-provider';
import type { Store } from '../store/store.js';
import { currentAssignments } from './assignments.js';
import type { AccountLookup } from './authenticate.js';
import { oauthEndpoints } from './discovery.js';
import type { KeySet } from './key-set.js';
import { CLIENT_ASSERTION_ALGORITHMS, oauthClientOf } from './oauth-client.js';
import { createOidcAdapter } from './oidc-adapter.js';
import { PAGES_CLIENT_ID, PAGES_SCOPE, pagesClient, SIGN_IN_PATH } from './pages-client.js';
import { ROLE_PROFILES, roleClaimsOf } from './role-profile.js';
import { grantScopes } from './scopes.js';

/** Life of an access token in seconds (SMART Backend Services: should be at most 300). */
export const ACCESS_TOKEN_SECONDS = 300;
/** How far ahead a client assertion may end (SMART Backend Services: at most five minutes), and the skew of clocks, seconds. */
const ASSERTION_SECONDS = 300;
/** Life of an authorization code, and of an unfinished sign-in, seconds. */
const CODE_SECONDS = 60;
const INTERACTION_SECONDS = 900;
const CLOCK_SKEW_SECONDS = 15;

export interface ProviderInputs {
  readonly store: Store;
  readonly keys: KeySet;
  readonly issuer: string;
  readonly audience: string;
  readonly lookup: AccountLookup;
  readonly errors: typeof OidcErrors;
  /** Page for a person whose sign-in cannot go on; without it the error is told as JSON. */
  readonly errorPage?: (problem: SignInProblem, acceptLanguage: string) => string;
}

/** Why the authorization endpoint refused (RFC 6749, 4.1.2.1; the library's names). */
export interface SignInProblem {
  readonly error: string;
  readonly error_description?: string;
}

/** Checks of a client assertion that the library leaves open: critical headers, end, subject, audience. */
function assertionCheck({
  issuer,
  errors,
}: ProviderInputs): NonNullable<Configuration['assertJwtClientAuthClaimsAndHeader']> {
  const audiences = new Set<unknown>([issuer, oauthEndpoints(issuer).token]);
  return (_context, { exp, sub, iss, aud }, header) => {
    if ('crit' in header) throw new errors.InvalidClientAuth('critical headers are not supported');
    if (typeof exp !== 'number' || exp > Date.now() / 1_000 + ASSERTION_SECONDS + CLOCK_SKEW_SECONDS)
      throw new errors.InvalidClientAuth('exp is more than five minutes ahead');
    if (sub !== iss) throw new errors.InvalidClientAuth('sub and iss must both be the client id');
    // An assertion that is meant for somebody else as well could be played on by them.
    if (![aud].flat().every((one) => audiences.has(one)))
      throw new errors.InvalidClientAuth('aud names another server');
  };
}

/** Scope policy: what a client gets of what it asks for. The library grants what it finds in the returned `scope`. */
function resourceServer({ audience, errors, keys, lookup }: ProviderInputs) {
  /** What a system's role may have; for the pages first what anybody may, after the password what this person may. */
  const allowed = async (client: string, person: string | undefined): Promise<string> => {
    if (client === PAGES_CLIENT_ID && person === undefined) return PAGES_SCOPE;
    const account = await lookup(person ?? client);
    return account ? ROLE_PROFILES[roleClaimsOf(account, currentAssignments(account)[0]).role].scope : '';
  };
  return async (context: KoaContextWithOIDC, resource: string, client: { readonly clientId: string }) => {
    if (resource !== audience) throw new errors.InvalidTarget('the only resource is the FHIR base');
    const { params, entities, session } = context.oidc;
    const { AuthorizationCode: code } = entities;
    const person = code?.accountId ?? session?.accountId;
    const asked = code?.scope ?? (typeof params?.['scope'] === 'string' ? params['scope'] : '');
    const scope = grantScopes(asked, await allowed(client.clientId, person));
    if (!params || scope === '') throw new errors.InvalidScope('none of the requested scopes can be granted', asked);
    // The library compares as text: the request is put in canonical and narrowed form first.
    params['scope'] = scope;
    return {
      scope,
      audience,
      accessTokenFormat: 'jwt' as const,
      accessTokenTTL: ACCESS_TOKEN_SECONDS,
      jwt: { sign: { alg: 'ES256' as const, kid: keys.accessToken.kid } },
    };
  };
}

/** Our own pages need no consent: the person's account is the consent. Rights come from role and policy, not from it. */
const grantForPages =
  ({ audience }: ProviderInputs): NonNullable<Configuration['loadExistingGrant']> =>
  async ({ oidc }) => {
    const { client, session, params } = oidc;
    if (client?.clientId !== PAGES_CLIENT_ID || session?.accountId === undefined) return undefined;
    const grant = new oidc.provider.Grant({ clientId: client.clientId, accountId: session.accountId });
    // Narrowed to the person's role by then.
    grant.addResourceScope(audience, typeof params?.['scope'] === 'string' ? params['scope'] : '');
    await grant.save();
    return grant;
  };

/**
 * Configuration of `oidc-provider`: `private_key_jwt` for systems, authorization code with PKCE for people in our pages, JWT
 * access tokens, nothing else.
 */
export function providerConfiguration(inputs: ProviderInputs): Configuration {
  const { store, keys, issuer, audience, errors, lookup, errorPage } = inputs;
  const off = { enabled: false };
  return {
    adapter: createOidcAdapter({
      store,
      errors,
      findClient: async (id) => (id === PAGES_CLIENT_ID ? pagesClient(issuer) : oauthClientOf(await lookup(id))),
    }),
    cookies: {
      keys: [createHmac('sha256', keys.short).update('cookies of the authorization server').digest('base64url')],
      names: { session: 'rr_oauth', interaction: 'rr_ingreso', resume: 'rr_ingreso_fin' },
    },
    findAccount: async (_context, name) => {
      const account = await lookup(name);
      return account?.enabled && account.kind === 'person'
        ? { accountId: account.name, claims: () => ({ sub: account.name }) }
        : undefined;
    },
    interactions: { url: (_context, { uid }) => `${SIGN_IN_PATH}/${uid}` },
    loadExistingGrant: grantForPages(inputs),
    issueRefreshToken: () => false,
    // Sessions of people are ours (sessions.ts): the library's own ends with the request that made it.
    expiresWithSession: () => false,
    pkce: { required: () => true },
    jwks: { keys: keys.privateJwks.map((key): JWK => ({ ...key })) },
    scopes: [],
    responseTypes: ['code'],
    clientAuthMethods: ['none', 'private_key_jwt'],
    enabledJWA: {
      clientAuthSigningAlgValues: [...CLIENT_ASSERTION_ALGORITHMS],
      idTokenSigningAlgValues: ['RS256'],
    },
    clientDefaults: { grant_types: ['client_credentials'], response_types: [], id_token_signed_response_alg: 'RS256' },
    clockTolerance: CLOCK_SKEW_SECONDS,
    assertJwtClientAuthClaimsAndHeader: assertionCheck(inputs),
    clientBasedCORS: () => false,
    ttl: {
      ClientCredentials: ACCESS_TOKEN_SECONDS,
      AccessToken: ACCESS_TOKEN_SECONDS,
      AuthorizationCode: CODE_SECONDS,
      Grant: CODE_SECONDS + ACCESS_TOKEN_SECONDS,
      Interaction: INTERACTION_SECONDS,
      Session: CODE_SECONDS,
    },
    extraTokenClaims: async (_context, token) => {
      const name = 'accountId' in token ? token.accountId : token.clientId;
      const account = name === undefined ? undefined : await lookup(name);
      if (!account) throw new errors.InvalidClient('the account is gone');
      return { ...roleClaimsOf(account, currentAssignments(account)[0]) };
    },
    renderError: (context, out) => {
      context.type = errorPage ? 'text/html' : 'application/json';
      context.body = errorPage ? errorPage(out, context.get('accept-language')) : out;
    },
    features: {
      clientCredentials: { enabled: true },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => audience,
        useGrantedResource: () => true,
        getResourceServerInfo: resourceServer(inputs),
      },
      devInteractions: off,
      userinfo: off,
      rpInitiatedLogout: off,
      pushedAuthorizationRequests: off,
      dPoP: off,
    },
  };
}
