import type { AdapterPayload } from 'oidc-provider';

/** OAuth client id of the service's own pages; account names cannot collide with it (`oidcClient`). */
export const PAGES_CLIENT_ID = 'paginas';

/** Where the authorization server sends a person back to; exactly this address and no other. */
export const PAGES_CALLBACK_PATH = '/entrar/listo';
/** Where the person signs in; the authorization server appends the id of the interaction. */
export const SIGN_IN_PATH = '/entrar/persona';

/** What the pages ask for: everything the person may do; each role gets its own part of it. */
export const PAGES_SCOPE = 'user/*.cruds patient/*.cruds';

export const pagesRedirectUri = (issuer: string): string => `${issuer}${PAGES_CALLBACK_PATH}`;

/**
 * The pages as an OAuth client: public (no secret to keep), authorization code with PKCE (RFC 7636, S256), one redirect
 * address. `web` makes the library compare it to the letter, on loopback too (RFC 8252 would let the port vary).
 * @param issuer PUBLIC_URL, without a slash at the end
 */
export const pagesClient = (issuer: string): AdapterPayload => ({
  client_id: PAGES_CLIENT_ID,
  client_name: 'Referencia y Respuesta',
  application_type: 'web',
  grant_types: ['authorization_code'],
  response_types: ['code'],
  redirect_uris: [pagesRedirectUri(issuer)],
  token_endpoint_auth_method: 'none',
});
