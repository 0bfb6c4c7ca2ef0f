import { CLIENT_ASSERTION_ALGORITHMS } from './oauth-client.js';

/** Path below the issuer where the authorization server is mounted. */
export const OAUTH_MOUNT = '/oauth';

/** Absolute addresses of the authorization server, all made from PUBLIC_URL and never from the request's host. */
export const oauthEndpoints = (issuer: string): { readonly token: string; readonly jwks: string } => ({
  token: `${issuer}${OAUTH_MOUNT}/token`,
  jwks: `${issuer}${OAUTH_MOUNT}/jwks`,
});

/** Members that both documents share. */
const common = (issuer: string): Readonly<Record<string, unknown>> => ({
  issuer,
  token_endpoint: oauthEndpoints(issuer).token,
  jwks_uri: oauthEndpoints(issuer).jwks,
  grant_types_supported: ['client_credentials'],
  response_types_supported: [],
  scopes_supported: ['system/*.cruds', 'system/*.rs'],
  token_endpoint_auth_methods_supported: ['private_key_jwt'],
  token_endpoint_auth_signing_alg_values_supported: [...CLIENT_ASSERTION_ALGORITHMS],
});

/**
 * `/.well-known/openid-configuration` (OpenID Connect Discovery 1.0, RFC 8414). There is no `authorization_endpoint`
 * while the only grant is client credentials (RFC 8414, 2: required unless no grant type uses it).
 * @param issuer PUBLIC_URL, without a slash at the end
 */
export const openidConfiguration = (issuer: string): Record<string, unknown> => ({
  ...common(issuer),
  subject_types_supported: ['public'],
  id_token_signing_alg_values_supported: ['RS256'],
});

/**
 * `.well-known/smart-configuration` below the FHIR base and at the root (SMART App Launch 2.2, "Conformance").
 * Only what is there is named: no launch, no sign-in of people, no search restrictions in scopes;
 * `code_challenge_methods_supported` is a required member.
 * @param issuer PUBLIC_URL, without a slash at the end
 */
export const smartConfiguration = (issuer: string): Record<string, unknown> => ({
  ...common(issuer),
  capabilities: ['client-confidential-asymmetric', 'permission-v1', 'permission-v2'],
  code_challenge_methods_supported: ['S256'],
});
