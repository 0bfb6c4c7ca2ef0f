import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

/** Name of the hidden field. */
export const CSRF_FIELD = '_csrf';

const proof = (secret: string, nonce: string): Buffer => createHmac('sha256', secret).update(`csrf ${nonce}`).digest();

/**
 * Token of a form, bound to a secret that only this browser sends (its session or visit cookie). Another one each time:
 * pages are compressed, and a value that repeats could be guessed from their length.
 */
export function csrfToken(secret: string): string {
  const nonce = randomBytes(12).toString('base64url');
  return `${nonce}.${proof(secret, nonce).toString('base64url')}`;
}

/** Did {@link csrfToken} make this token for the same secret? */
export function isCsrfToken(secret: string, token: string): boolean {
  const [nonce = '', given = ''] = token.split('.');
  const expected = proof(secret, nonce);
  const actual = Buffer.from(given, 'base64url');
  return actual.length === expected.length && timingSafeEqual(actual, expected);
}

/**
 * Does a form come from our own pages, as far as the browser tells? Old ones tell nothing; the token decides then.
 * @param headers `Origin` and `Sec-Fetch-Site` of the request
 * @param origin origin of PUBLIC_URL
 */
export function isOwnOrigin(
  headers: { readonly origin?: string | undefined; readonly 'sec-fetch-site'?: string | string[] | undefined },
  origin: string,
): boolean {
  const site = headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin' && site !== 'none') return false;
  return headers.origin === undefined || headers.origin === origin;
}
