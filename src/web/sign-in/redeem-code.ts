import type { Request } from 'express';
import { type AccessTokenClaims, verifyAccessToken } from '../../access/access-token.js';
import { OAUTH_MOUNT } from '../../access/discovery.js';
import { PAGES_CLIENT_ID, pagesRedirectUri } from '../../access/pages-client.js';
import { unavailable } from '../../errors.js';
import type { SiteServices } from '../site-services.js';

/** How long the token endpoint may take, ms. */
const TIMEOUT_MS = 10_000;

/**
 * Changes the code for an access token at our own token endpoint and verifies it. The pages are a client like any other;
 * they reach the endpoint where this request came in, since PUBLIC_URL may not be reachable from inside.
 * @returns claims of the token, undefined when the code is refused (used, expired, wrong verifier)
 * @throws ServiceError 503 when the endpoint cannot answer
 */
export async function redeemCode(
  { keys, publicUrl }: Pick<SiteServices, 'keys' | 'publicUrl'>,
  { socket }: Pick<Request, 'socket'>,
  grant: { readonly code: string; readonly verifier: string; readonly requestId: string },
): Promise<AccessTokenClaims | undefined> {
  const { localAddress = '127.0.0.1', localPort = 80 } = socket;
  const host = localAddress.includes(':') ? `[${localAddress}]` : localAddress;
  const response = await fetch(`http://${host}:${localPort}${OAUTH_MOUNT}/token`, {
    method: 'POST',
    headers: { 'X-Request-Id': grant.requestId },
    body: new URLSearchParams({
      grant_type: 'authorization_code',
      client_id: PAGES_CLIENT_ID,
      redirect_uri: pagesRedirectUri(publicUrl),
      code: grant.code,
      code_verifier: grant.verifier,
    }),
    signal: AbortSignal.timeout(TIMEOUT_MS),
  }).catch((cause: unknown) => {
    throw unavailable(5, cause);
  });
  if (response.status >= 500) throw unavailable(5);
  const { access_token: token } = (await response.json()) as { access_token?: string };
  if (!response.ok || token === undefined) return undefined;
  return verifyAccessToken(keys, token, { issuer: publicUrl, audience: `${publicUrl}/fhir` });
}
