import { createHmac, createPublicKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import fc from 'fast-check';
import {
  type AccessTokenContent,
  createTokenVerifier,
  signAccessToken,
  signShort,
  verifyAccessToken,
  verifyShort,
} from './access-token.js';
import { generateKeySet, type KeySet, type KeySetJson, readKeySet } from './key-set.js';

const issuer = 'http://127.0.0.1:8080';
const audience = `${issuer}/fhir`;
const content: AccessTokenContent = {
  iss: issuer,
  aud: audience,
  sub: 'system.uaps1',
  client_id: 'system.uaps1',
  scope: 'system/*.cruds',
  jti: 'a-token',
  role: 'system',
  acts_as: ['clerk'],
  facility: 'an-organization',
  purpose_of_use: 'TREAT',
};
const secret = 'a secret of the tests, long enough for HS256';
const seconds = (): number => Math.floor(Date.now() / 1_000);
const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const body = (changes: object = {}): object => ({ ...content, iat: seconds(), exp: seconds() + 300, ...changes });

let json: KeySetJson;
let keys: KeySet;
/** A token made by hand, so that headers and claims can be anything. */
const forge = (header: object, claims: object, key: KeyObject = keys.accessToken.key): string => {
  const text = `${part({ alg: 'ES256', typ: 'at+jwt', kid: keys.accessToken.kid, ...header })}.${part(claims)}`;
  return `${text}.${sign('sha256', Buffer.from(text), { key, dsaEncoding: 'ieee-p1363' }).toString('base64url')}`;
};
const verify = (token: string): unknown => verifyAccessToken(keys, token, { issuer, audience });
const refused = expect.objectContaining({ code: 'token-invalid', status: 401 });

beforeAll(async () => {
  json = await generateKeySet();
  keys = readKeySet(json, secret);
});

describe('access tokens', () => {
  it('verify what was signed', () => {
    expect(verify(signAccessToken(keys, content, 300))).toMatchObject(content);
  });

  it('verify what a plain ES256 signer made (the forge of the tests below makes good tokens)', () => {
    expect(verify(forge({}, body()))).toMatchObject(content);
  });

  it('refuse alg none, with and without a signature', () => {
    const [, , signature] = forge({}, body()).split('.');
    const unsigned = `${part({ alg: 'none', typ: 'at+jwt', kid: keys.accessToken.kid })}.${part(body())}.`;
    expect(() => verify(unsigned)).toThrow(refused);
    expect(() => verify(`${unsigned}${signature}`)).toThrow(refused);
  });

  it('refuse HS256 keyed with the public key', () => {
    const pem = createPublicKey(keys.accessToken.key).export({ type: 'spki', format: 'pem' });
    const text = `${part({ alg: 'HS256', typ: 'at+jwt', kid: keys.accessToken.kid })}.${part(body())}`;
    expect(() => verify(`${text}.${createHmac('sha256', pem).update(text).digest('base64url')}`)).toThrow(refused);
  });

  it('refuse a changed payload', () => {
    const [header, , signature] = forge({}, body()).split('.');
    expect(() => verify(`${header}.${part(body({ role: 'administrator' }))}.${signature}`)).toThrow(refused);
  });

  it.each([
    ['an unknown kid', { kid: 'other' }],
    ['no kid', { kid: undefined }],
    ['a crit header', { crit: ['exp'] }],
    ['an unknown crit header', { crit: ['urn:example:unknown'], 'urn:example:unknown': 1 }],
    ['typ JWT', { typ: 'JWT' }],
    ['no typ', { typ: undefined }],
  ])('refuse %s', (_name, header) => {
    expect(() => verify(forge(header, body()))).toThrow(refused);
  });

  it('never follow a key that the token brings along', () => {
    const stranger = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const jwk = stranger.publicKey.export({ format: 'jwk' });
    for (const header of [
      { jwk },
      { jku: 'http://127.0.0.1:9/keys' },
      { x5u: 'http://127.0.0.1:9/cert' },
      { jwk, kid: 'own' },
    ])
      expect(() => verify(forge(header, body(), stranger.privateKey))).toThrow(refused);
  });

  it.each([
    ['no exp', { exp: undefined }],
    ['a text as exp', { exp: '9999999999' }],
    ['exp in the past', { exp: seconds() - 1 }],
    ['nbf ahead', { nbf: seconds() + 60 }],
    ['another issuer', { iss: 'http://evil.example' }],
    ['another audience', { aud: issuer }],
    ['several audiences', { aud: [audience, 'http://evil.example'] }],
    ['no audience', { aud: undefined }],
    ['no subject', { sub: undefined }],
    ['an empty subject', { sub: '' }],
    ['no jti', { jti: undefined }],
    ['no scope', { scope: undefined }],
    ['an unknown role', { role: 'root' }],
  ])('refuse %s', (_name, changes) => {
    expect(() => verify(forge({}, body(changes)))).toThrow(refused);
  });

  it('say "expired" and otherwise always the same', () => {
    const messageOf = (token: string): string => {
      try {
        verify(token);
        return 'accepted';
      } catch (error) {
        return (error as Error).message;
      }
    };
    expect(messageOf(forge({}, body({ exp: seconds() - 1 })))).toContain('expired');
    const others = [
      forge({ kid: 'x' }, body()),
      forge({}, body({ iss: 'x' })),
      forge({}, body({ sub: undefined })),
      'rubbish',
      '',
    ];
    expect(new Set(others.map(messageOf)).size).toBe(1);
  });

  it('refuse any other text without another error', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[\w-]{0,40}\.[\w-]{0,40}\.[\w-]{0,40}$/)), (text) => {
        expect(() => verify(text)).toThrow(refused);
      }),
    );
  });

  it('live through a rotation: the old kid verifies, the new one signs, the removed one does not', async () => {
    const newer = await generateKeySet();
    const before = signAccessToken(keys, content, 300);
    const both = readKeySet({ keys: [...newer.keys, ...json.keys] }, secret);
    const after = signAccessToken(both, content, 300);
    expect(verifyAccessToken(both, before, { issuer, audience })).toMatchObject(content);
    expect(verifyAccessToken(both, after, { issuer, audience })).toMatchObject(content);
    expect(() => verify(after)).toThrow(refused);
    expect(() => verifyAccessToken(readKeySet(newer, secret), before, { issuer, audience })).toThrow(refused);
  });
});

describe('createTokenVerifier', () => {
  it('remembers a token, but not past its end', () => {
    let time = Date.now();
    const check = createTokenVerifier(keys, { issuer, audience }, () => time);
    const token = signAccessToken(keys, content, 300);
    expect(check(token)).toBe(check(token));
    time += 400_000;
    const old = createTokenVerifier(keys, { issuer, audience }, () => time);
    const dying = forge({}, body({ exp: seconds() + 300 }));
    expect(old(dying)).not.toBe(old(dying));
  });

  it('does not remember a refusal', () => {
    const check = createTokenVerifier(keys, { issuer, audience });
    expect(() => check('x')).toThrow(refused);
    expect(() => check('x')).toThrow(refused);
  });
});

describe('short values', () => {
  it('come back as they were, for any content', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.stringMatching(/^[a-z]{4,8}$/), fc.oneof(fc.string(), fc.integer())), (value) => {
        expect(verifyShort(keys, 'cursor', signShort(keys, 'cursor', value, 60))).toMatchObject(value);
      }),
    );
  });

  it('hold for one purpose only, and for their time', () => {
    expect(verifyShort(keys, 'link', signShort(keys, 'cursor', { at: 1 }, 60))).toBeUndefined();
    expect(verifyShort(keys, 'cursor', signShort(keys, 'cursor', { at: 1 }, -1))).toBeUndefined();
  });

  it('are never access tokens, nor the other way round', () => {
    expect(verifyShort(keys, 'cursor', signAccessToken(keys, content, 300))).toBeUndefined();
    expect(() => verify(signShort(keys, 'cursor', { ...content }, 60))).toThrow(refused);
  });

  it('are refused when a single character changes', () => {
    const value = signShort(keys, 'cursor', { at: 1 }, 60);
    fc.assert(
      // The last character of a part may hold unused bits, so it is left alone.
      fc.property(fc.nat(value.length - 2), fc.constantFrom('A', 'z', '_'), (place, letter) => {
        fc.pre(value[place] !== letter && value[place] !== '.' && value[place + 1] !== '.');
        expect(verifyShort(keys, 'cursor', value.slice(0, place) + letter + value.slice(place + 1))).toBeUndefined();
      }),
    );
  });
});

describe('readKeySet', () => {
  it.each([
    ['no keys', () => ({ keys: [] })],
    ['no ES256 key', () => ({ keys: json.keys.filter((key) => key.alg !== 'ES256') })],
    ['no RS256 key', () => ({ keys: json.keys.filter((key) => key.alg !== 'RS256') })],
    ['a repeated kid', () => ({ keys: [...json.keys, ...json.keys] })],
    ['another thing', () => 'secret'],
  ])('refuses a set with %s, and shows no key', (_name, make) => {
    let message = '';
    try {
      readKeySet(make(), secret);
    } catch (error) {
      message = (error as Error).message;
    }
    expect(message).toMatch(/^the signing key set/);
    for (const key of json.keys) expect(message).not.toContain(key.d);
  });

  it('refuses a short secret (RFC 7518, 3.2)', () => {
    expect(() => readKeySet(json, 'x'.repeat(31))).toThrow(/32 bytes/);
  });
});
