import {
  createHash,
  createPrivateKey,
  createPublicKey,
  createSecretKey,
  generateKeyPair,
  type JsonWebKey,
  type KeyObject,
} from 'node:crypto';
import { promisify } from 'node:util';
import { z } from 'zod';

const base = { kid: z.string().min(1).max(200), use: z.literal('sig').optional() };
const part = z.string().regex(/^[A-Za-z0-9_-]+$/);

const PrivateJwk = z.discriminatedUnion('kty', [
  z.strictObject({
    ...base,
    kty: z.literal('EC'),
    alg: z.literal('ES256'),
    crv: z.literal('P-256'),
    x: part,
    y: part,
    d: part,
  }),
  z.strictObject({
    ...base,
    kty: z.literal('RSA'),
    alg: z.literal('RS256'),
    n: part,
    e: part,
    d: part,
    p: part,
    q: part,
    dp: part,
    dq: part,
    qi: part,
  }),
]);
/** A private key of the service as JSON Web Key: ES256 (access tokens) or RS256 (id tokens). */
export type PrivateJwk = z.infer<typeof PrivateJwk>;
/** JSON form of the whole set: what `OAUTH_JWKS_FILE` holds. The newest key of each algorithm stands first. */
const KeySetJson = z.strictObject({ keys: z.array(PrivateJwk).min(1) });
export type KeySetJson = z.infer<typeof KeySetJson>;

/** Keys of the service, ready to use. The first of each algorithm signs, all of them verify (rotation). */
export interface KeySet {
  /** ES256 private key of new access tokens. */
  readonly accessToken: { readonly kid: string; readonly key: KeyObject };
  /** ES256 public keys by kid. */
  readonly accessTokenVerifiers: ReadonlyMap<string, KeyObject>;
  /** HS256 key of our own short values. */
  readonly short: KeyObject;
  /** Private keys for the authorization server; it serves their public halves at `/oauth/jwks`. */
  readonly privateJwks: readonly PrivateJwk[];
}

/** RFC 7518, 3.2: an HS256 key has at least the size of the hash. */
const SHORT_SECRET_BYTES = 32;

/**
 * Makes a key set usable.
 * @param json content of `OAUTH_JWKS_FILE` or of the `keys` collection
 * @param shortSecret secret of short values, at least 32 bytes of UTF-8 text
 * @throws Error that says which key is missing or wrong, without showing any
 */
export function readKeySet(json: unknown, shortSecret: string): KeySet {
  const parsed = KeySetJson.safeParse(json);
  if (!parsed.success) {
    const places = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
    throw new Error(`the signing key set is not valid: ${places.join('; ')}`);
  }
  const { keys } = parsed.data;
  if (new Set(keys.map((key) => key.kid)).size !== keys.length) throw new Error('the signing key set repeats a kid');
  const secret = Buffer.from(shortSecret, 'utf8');
  if (secret.length < SHORT_SECRET_BYTES) throw new Error('the signing key set needs a secret of 32 bytes or more');
  const elliptic = keys.filter((key) => key.alg === 'ES256');
  const first = elliptic[0];
  if (!first) throw new Error('the signing key set has no ES256 key');
  if (!keys.some((key) => key.alg === 'RS256')) throw new Error('the signing key set has no RS256 key');
  return {
    accessToken: { kid: first.kid, key: createPrivateKey({ key: first, format: 'jwk' }) },
    accessTokenVerifiers: new Map(elliptic.map((jwk) => [jwk.kid, createPublicKey({ key: jwk, format: 'jwk' })])),
    short: createSecretKey(secret),
    privateJwks: keys,
  };
}

const generate = promisify(generateKeyPair);
const named = (jwk: JsonWebKey, alg: PrivateJwk['alg']): object => ({
  ...jwk,
  alg,
  use: 'sig',
  // A name that says nothing and never repeats: the hash of the public part.
  kid: createHash('sha256')
    .update(`${alg} ${jwk.x ?? jwk.n ?? ''}`)
    .digest('base64url'),
});

/** A fresh set with one key of each algorithm, in JSON form. Takes some hundred milliseconds (RSA). */
export async function generateKeySet(): Promise<KeySetJson> {
  const [elliptic, rsa] = await Promise.all([
    generate('ec', { namedCurve: 'P-256' }),
    generate('rsa', { modulusLength: 2048 }),
  ]);
  return KeySetJson.parse({
    keys: [
      named(elliptic.privateKey.export({ format: 'jwk' }), 'ES256'),
      named(rsa.privateKey.export({ format: 'jwk' }), 'RS256'),
    ],
  });
}
