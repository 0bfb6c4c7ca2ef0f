import type { Configuration, errors as OidcErrors, JWK, KoaContextWithOIDC } from 'oidc-provider';
import type { Store } from '../store/store.js';
import type { AccountLookup } from './authenticate.js';
import { oauthEndpoints } from './discovery.js';
import type { KeySet } from './key-set.js';
import { CLIENT_ASSERTION_ALGORITHMS, oauthClientOf } from './oauth-client.js';
import { createOidcAdapter } from './oidc-adapter.js';
import { ROLE_PROFILES, roleClaimsOf } from './role-profile.js';
import { grantScopes } from './scopes.js';

/** Life of an access token in seconds (SMART Backend Services: should be at most 300). */
export const ACCESS_TOKEN_SECONDS = 300;
/** How far ahead a client assertion may end (SMART Backend Services: at most five minutes), and the skew of clocks, seconds. */
const ASSERTION_SECONDS = 300;
const CLOCK_SKEW_SECONDS = 15;

export interface ProviderInputs {
  readonly store: Store;
  readonly keys: KeySet;
  readonly issuer: string;
  readonly audience: string;
  readonly lookup: AccountLookup;
  readonly errors: typeof OidcErrors;
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
  return async (context: KoaContextWithOIDC, resource: string, client: { readonly clientId: string }) => {
    if (resource !== audience) throw new errors.InvalidTarget('the only resource is the FHIR base');
    const account = await lookup(client.clientId);
    const { params } = context.oidc;
    const asked = typeof params?.['scope'] === 'string' ? params['scope'] : '';
    const scope = account ? grantScopes(asked, ROLE_PROFILES[account.role].scope) : '';
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

/** Configuration of `oidc-provider`: client credentials with `private_key_jwt`, JWT access tokens, nothing else. */
export function providerConfiguration(inputs: ProviderInputs): Configuration {
  const { store, keys, audience, errors, lookup } = inputs;
  const off = { enabled: false };
  return {
    adapter: createOidcAdapter({ store, errors, findClient: async (id) => oauthClientOf(await lookup(id)) }),
    jwks: { keys: keys.privateJwks.map((key): JWK => ({ ...key })) },
    scopes: [],
    responseTypes: [],
    clientAuthMethods: ['private_key_jwt'],
    enabledJWA: {
      clientAuthSigningAlgValues: [...CLIENT_ASSERTION_ALGORITHMS],
      idTokenSigningAlgValues: ['RS256'],
    },
    clientDefaults: { grant_types: ['client_credentials'], response_types: [], id_token_signed_response_alg: 'RS256' },
    clockTolerance: CLOCK_SKEW_SECONDS,
    assertJwtClientAuthClaimsAndHeader: assertionCheck(inputs),
    clientBasedCORS: () => false,
    ttl: { ClientCredentials: ACCESS_TOKEN_SECONDS },
    extraTokenClaims: async (_context, token) => {
      const account = token.clientId === undefined ? undefined : await lookup(token.clientId);
      if (!account) throw new errors.InvalidClient('the account is gone');
      return { ...roleClaimsOf(account) };
    },
    renderError: (context, out) => {
      context.type = 'application/json';
      context.body = out;
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
