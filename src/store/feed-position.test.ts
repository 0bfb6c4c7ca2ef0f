import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { isServiceError } from '../errors.js';
import { decodePosition, encodePosition, FEED_START } from './feed-position.js';

const refusal = (position: string): unknown => {
  try {
    decodePosition(position);
    return 'accepted';
  } catch (error) {
    return isServiceError(error) ? `${error.status} ${error.code}` : error;
  }
};

describe('feed positions', () => {
  it('come back as they went in', () => {
    const place = fc.record(
      { token: fc.record({ _data: fc.string() }), lu: fc.nat(), scan: fc.string() },
      { requiredKeys: ['lu', 'token'] },
    );
    fc.assert(
      fc.property(place, (given) => {
        expect(decodePosition(encodePosition(given))).toEqual(given);
      }),
    );
    expect(decodePosition(FEED_START)).toEqual({ lu: 0, scan: '' });
  });

  it('refuse every other text with 400', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(refusal(text)).toBe('400 parameter-value');
      }),
    );
    for (const value of [
      null,
      1,
      [],
      {},
      { lu: -1, s: '' },
      { lu: 1.5, s: '' },
      { lu: 1 },
      { lu: 1, t: 'x' },
      { lu: 1, t: {} },
      { lu: 1, s: 5 },
    ])
      expect(refusal(Buffer.from(JSON.stringify(value)).toString('base64url'))).toBe('400 parameter-value');
  });
});
