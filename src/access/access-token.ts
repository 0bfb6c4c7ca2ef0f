import { createHash } from 'node:crypto';
import jwt from 'jsonwebtoken';
import { z } from 'zod';
import { ServiceError } from '../errors.js';
import { type Role, ROLES } from './caller.js';
import type { KeySet } from './key-set.js';

/** Media type of JWT access tokens in the header `typ` (RFC 9068). */
const ACCESS_TOKEN_TYPE = 'at+jwt';

const Claims = z.looseObject({
  iss: z.string(),
  aud: z.string(),
  sub: z.string().min(1),
  client_id: z.string().min(1),
  scope: z.string(),
  jti: z.string().min(1),
  iat: z.number(),
  exp: z.number(),
  role: z.enum(ROLES),
  acts_as: z.array(z.enum(ROLES)),
  facility: z.string().optional(),
  purpose_of_use: z.string(),
});
/** Claims of an access token: RFC 9068 and our own `role`, `acts_as`, `facility` (Organization id), `purpose_of_use`. */
export type AccessTokenClaims = z.infer<typeof Claims>;

/** Our own claims; the authorization server adds them to what it signs. */
export interface RoleClaims {
  readonly role: Role;
  readonly acts_as: readonly Role[];
  readonly facility?: string;
  readonly purpose_of_use: string;
}

/** What the caller of {@link signAccessToken} decides; time stamps are added. */
export interface AccessTokenContent extends RoleClaims {
  readonly iss: string;
  readonly aud: string;
  readonly sub: string;
  readonly client_id: string;
  readonly scope: string;
  readonly jti: string;
}

/** Signs an access token (ES256, `at+jwt`) with the newest key. */
export const signAccessToken = (keys: KeySet, content: AccessTokenContent, ttlSeconds: number): string =>
  jwt.sign({ ...content }, keys.accessToken.key, {
    algorithm: 'ES256',
    expiresIn: ttlSeconds,
    header: { alg: 'ES256', typ: ACCESS_TOKEN_TYPE, kid: keys.accessToken.kid },
  });

/** Every refusal but the end of life looks the same: the answer must not help to build a better forgery. */
const refuse = (reason = 'firma o contenido / signature or content'): never => {
  throw new ServiceError(
    { code: 'token-invalid', params: { reason } },
    // RFC 6750, 3.1
    { headers: { 'WWW-Authenticate': 'Bearer error="invalid_token"' } },
  );
};

/** The header, when it holds what it must and nothing that changes the rules (RFC 8725; RFC 7515, 4.1.11: no `crit`). */
function checkHeader(token: string, algorithm: string, type: string): { readonly kid?: string | undefined } {
  const header = jwt.decode(token, { complete: true })?.header;
  return header?.alg === algorithm && header.typ === type && !('crit' in header) ? header : refuse();
}

/**
 * Verifies an access token: ES256 only, known kid, `typ`, issuer, audience, life, required claims (RFC 8725, RFC 9068, 4).
 * @throws ServiceError `token-invalid` (401) with a reason that tells nothing but "expired" apart from the rest
 */
export function verifyAccessToken(
  keys: KeySet,
  token: string,
  expected: { readonly issuer: string; readonly audience: string },
): AccessTokenClaims {
  const { kid } = checkHeader(token, 'ES256', ACCESS_TOKEN_TYPE);
  const key = keys.accessTokenVerifiers.get(kid ?? '') ?? refuse();
  let payload: unknown;
  try {
    payload = jwt.verify(token, key, { algorithms: ['ES256'], issuer: expected.issuer, audience: expected.audience });
  } catch (error) {
    return refuse((error as Error | null)?.name === 'TokenExpiredError' ? 'venció / expired' : undefined);
  }
  const claims = Claims.safeParse(payload);
  return claims.success ? claims.data : refuse();
}

/** Purposes of short values: a value made for one never passes for another. */
export type ShortPurpose = 'cursor' | 'link' | 'paper-code' | 'sign-in' | 'activation';
const shortType = (purpose: ShortPurpose): string => `${purpose}+jwt`;

/**
 * Signs a short value of our own (HS256): a page cursor, a download link.
 * @param ttlSeconds life of the value
 */
export const signShort = (
  keys: KeySet,
  purpose: ShortPurpose,
  content: Readonly<Record<string, unknown>>,
  ttlSeconds: number,
): string =>
  jwt.sign({ ...content }, keys.short, {
    algorithm: 'HS256',
    expiresIn: ttlSeconds,
    header: { alg: 'HS256', typ: shortType(purpose) },
  });

/**
 * Content of a value that {@link signShort} made for the same purpose, with `iat` and `exp`;
 * undefined when it is foreign, altered or past its life: the caller knows which error that is.
 */
export function verifyShort(keys: KeySet, purpose: ShortPurpose, value: string): Record<string, unknown> | undefined {
  try {
    checkHeader(value, 'HS256', shortType(purpose));
    const content = jwt.verify(value, keys.short, { algorithms: ['HS256'] });
    return typeof content === 'object' && typeof content.exp === 'number' ? content : undefined;
  } catch {
    return undefined;
  }
}

/**
 * A verifier that remembers what it verified for at most a second: a client sends the same token with each of its
 * requests, and a look-up by hash costs a fortieth of a verification (measured: 4.5
 * against 172 microseconds).
 */
export function createTokenVerifier(
  keys: KeySet,
  expected: { readonly issuer: string; readonly audience: string },
  now: () => number = Date.now,
): (token: string) => AccessTokenClaims {
  const KEEP_MS = 1_000;
  const KEEP_TOKENS = 10_000;
  let known = new Map<string, AccessTokenClaims>();
  let since = now();
  return (token) => {
    const time = now();
    if (time - since >= KEEP_MS || time < since || known.size >= KEEP_TOKENS) {
      known = new Map();
      since = time;
    }
    const hash = createHash('sha256').update(token).digest('base64');
    const seen = known.get(hash);
    if (seen && seen.exp * 1_000 > time) return seen;
    const claims = verifyAccessToken(keys, token, expected);
    known.set(hash, claims);
    return claims;
  };
}
