import { createHash, randomBytes } from 'node:crypto';
import { signShort, verifyShort } from '../../access/access-token.js';
import type { KeySet } from '../../access/key-set.js';
import { PAGES_CLIENT_ID, PAGES_SCOPE, pagesRedirectUri } from '../../access/pages-client.js';
import { OAUTH_MOUNT } from '../../access/discovery.js';

/** A sign-in that has begun: kept in the browser, signed, until it comes back with a code. */
export interface Flow {
  /** PKCE verifier (RFC 7636). */
  readonly verifier: string;
  /** Ties the answer to this browser (RFC 6749, 10.12). */
  readonly state: string;
  /** Page to go on with. */
  readonly back: string;
}

/** A sign-in takes this long at most, seconds. */
export const FLOW_SECONDS = 900;

/** A path of this site to go back to; anything else, other sites above all, is the first page. */
export const safePath = (path: string | null): string => (path && /^\/(?![/\\])[\x21-\x7e]*$/.test(path) ? path : '/');

export const newFlow = (back: string | null): Flow => ({
  verifier: randomBytes(32).toString('base64url'),
  state: randomBytes(16).toString('base64url'),
  back: safePath(back),
});

/** Text for the cookie. */
export const flowText = (keys: KeySet, flow: Flow): string => signShort(keys, 'sign-in', { ...flow }, FLOW_SECONDS);

/** The flow in a cookie; undefined when it is absent, altered or too old. */
export function readFlow(keys: KeySet, text: string | undefined): Flow | undefined {
  const { verifier, state, back } = (text === undefined ? undefined : verifyShort(keys, 'sign-in', text)) ?? {};
  return typeof verifier === 'string' && typeof state === 'string' && typeof back === 'string'
    ? { verifier, state, back: safePath(back) }
    : undefined;
}

/** Address of the authorization request (RFC 6749, 4.1.1; RFC 7636, 4.3). @param issuer PUBLIC_URL */
export function authorizationUrl(issuer: string, { verifier, state }: Flow): string {
  const query = new URLSearchParams({
    client_id: PAGES_CLIENT_ID,
    response_type: 'code',
    redirect_uri: pagesRedirectUri(issuer),
    scope: PAGES_SCOPE,
    state,
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
  });
  return `${issuer}${OAUTH_MOUNT}/auth?${query.toString()}`;
}
