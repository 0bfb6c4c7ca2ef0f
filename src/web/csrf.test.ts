import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { csrfToken, isCsrfToken, isOwnOrigin } from './csrf.js';

describe('the token of a form', () => {
  it('holds for its own secret only and differs each time', () => {
    const token = csrfToken('one session');
    expect(isCsrfToken('one session', token)).toBe(true);
    expect(isCsrfToken('another session', token)).toBe(false);
    expect(csrfToken('one session')).not.toBe(token);
  });

  it('cannot be made up', () => {
    fc.assert(fc.property(fc.string(), (text) => !isCsrfToken('one session', text)));
    const [nonce, proof] = csrfToken('one session').split('.');
    expect(isCsrfToken('one session', `x${nonce}.${proof}`)).toBe(false);
    expect(isCsrfToken('one session', `${nonce}.`)).toBe(false);
  });
});

describe('the origin of a form', () => {
  const own = 'https://referencia.example';
  it.each([
    [{ origin: own }, true],
    [{ origin: own, 'sec-fetch-site': 'same-origin' }, true],
    [{}, true],
    [{ origin: 'https://evil.example' }, false],
    [{ origin: 'null' }, false],
    [{ origin: 'http://referencia.example' }, false],
    [{ origin: own, 'sec-fetch-site': 'cross-site' }, false],
    [{ 'sec-fetch-site': 'same-site' }, false],
  ])('%j is ours: %s', (headers, expected) => {
    expect(isOwnOrigin(headers, own)).toBe(expected);
  });
});
