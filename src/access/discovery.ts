import { CLIENT_ASSERTION_ALGORITHMS } from './oauth-client.js';
import { PAGES_SCOPE } from './pages-client.js';

/** Path below the issuer where the authorization server is mounted. */
export const OAUTH_MOUNT = '/oauth';

/** Absolute addresses of the authorization server, all made from PUBLIC_URL and never from the request's host. */
export const oauthEndpoints = (
  issuer: string,
): { readonly authorization: string; readonly token: string; readonly jwks: string } => ({
  authorization: `${issuer}${OAUTH_MOUNT}/auth`,
  token: `${issuer}${OAUTH_MOUNT}/token`,
  jwks: `${issuer}${OAUTH_MOUNT}/jwks`,
});

/** Members that both documents share. */
const common = (issuer: string): Readonly<Record<string, unknown>> => ({
  issuer,
  authorization_endpoint: oauthEndpoints(issuer).authorization,
  token_endpoint: oauthEndpoints(issuer).token,
  jwks_uri: oauthEndpoints(issuer).jwks,
  grant_types_supported: ['authorization_code', 'client_credentials'],
  response_types_supported: ['code'],
  response_modes_supported: ['query'],
  code_challenge_methods_supported: ['S256'],
  scopes_supported: ['system/*.cruds', 'system/*.rs', ...PAGES_SCOPE.split(' ')],
  token_endpoint_auth_methods_supported: ['none', 'private_key_jwt'],
  token_endpoint_auth_signing_alg_values_supported: [...CLIENT_ASSERTION_ALGORITHMS],
});

/**
 * `/.well-known/openid-configuration` (OpenID Connect Discovery 1.0, RFC 8414). There are no id tokens and no userinfo:
 * the authorization code gives an access token only.
 * @param issuer PUBLIC_URL, without a slash at the end
 */
export const openidConfiguration = (issuer: string): Record<string, unknown> => ({
  ...common(issuer),
  subject_types_supported: ['public'],
  id_token_signing_alg_values_supported: ['RS256'],
});

/**
 * `.well-known/smart-configuration` below the FHIR base and at the root (SMART App Launch 2.2, "Conformance").
 * Only what is there is named: no launch, no single sign-on, no search restrictions in scopes. People sign in through the
 * service's own pages, the one public client; applications of others cannot be registered for that yet.
 * @param issuer PUBLIC_URL, without a slash at the end
 */
export const smartConfiguration = (issuer: string): Record<string, unknown> => ({
  ...common(issuer),
  capabilities: ['client-confidential-asymmetric', 'client-public', 'permission-v1', 'permission-v2'],
});
