import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { decodeEntries, encodeEntries, ENTRY_BYTES, isSealable } from './seal-entries.js';

const entry = fc.record({
  id: fc.uuid({ version: 7 }),
  n: fc.integer({ min: 1, max: 2 ** 48 - 1 }),
  hash: fc.uint8Array({ minLength: 32, maxLength: 32 }),
});

describe('seal entries', () => {
  it('come back as they went in', () => {
    fc.assert(
      fc.property(fc.array(entry), (entries) => {
        const bytes = encodeEntries(entries);
        expect(bytes).toHaveLength(entries.length * ENTRY_BYTES);
        const back = decodeEntries(new Uint8Array(bytes));
        expect(back.map(({ hash, ...rest }) => ({ ...rest, hash: [...hash] }))).toEqual(
          entries.map(({ hash, ...rest }) => ({ ...rest, hash: [...hash] })),
        );
      }),
    );
  });

  it('refuse bytes that are cut', () => {
    expect(() => decodeEntries(new Uint8Array(ENTRY_BYTES - 1))).toThrow(RangeError);
  });

  it('take only ids and numbers that the service writes', () => {
    const _id = '0198c0de-0000-7000-8000-000000000001';
    expect(isSealable({ _id, n: 1 })).toBe(true);
    for (const bad of [
      { _id: 'x', n: 1 },
      { _id: _id.toUpperCase(), n: 1 },
      { _id: 7, n: 1 },
      { _id, n: 0 },
      { _id, n: 1.5 },
      { _id, n: '1' },
      { _id, n: 2 ** 48 },
      { _id, n: undefined },
    ])
      expect(isSealable(bad)).toBe(false);
  });
});
