import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { mongo } from 'mongoose';
import { auditHash, canonicalText } from './audit-hash.js';
import { storable } from './storable.js';

const value = fc.letrec((tie) => ({
  tree: fc.oneof(
    { maxDepth: 3 },
    fc.string({ unit: 'grapheme' }),
    fc.double({ noNaN: true, noDefaultInfinity: true }).map((n) => (Object.is(n, -0) ? 0 : n)),
    fc.boolean(),
    fc.constant(null),
    fc.date({ noInvalidDate: true }),
    fc.array(tie('tree'), { maxLength: 4 }),
    fc.dictionary(
      fc.string({ minLength: 1 }).filter((key) => key !== '__proto__' && !key.includes('\0')),
      tie('tree'),
      { maxKeys: 4 },
    ),
  ),
})).tree;
const record = fc.record({
  _id: fc.uuid({ version: 7 }),
  n: fc.nat(),
  at: fc.date({ noInvalidDate: true }),
  det: value,
});

const viaDatabase = (document: object): object => mongo.BSON.deserialize(mongo.BSON.serialize(document));

describe('canonicalText', () => {
  it('does not depend on the order of keys', () => {
    fc.assert(
      fc.property(record, (given) => {
        const turned = Object.fromEntries(Object.entries(given).reverse());
        expect(canonicalText(turned)).toBe(canonicalText(given));
      }),
    );
  });

  it('is the same before writing and after reading back', () => {
    fc.assert(
      fc.property(record, (given) => {
        expect(auditHash(viaDatabase(given))).toEqual(auditHash(given));
      }),
    );
  });

  it('gives different texts to values that look alike', () => {
    const texts = [1, '1', true, 'true', null, 'null', new Date(0), '1970-01-01T00:00:00.000Z', [1], { 0: 1 }].map(
      canonicalText,
    );
    expect(new Set(texts).size).toBe(texts.length);
    expect(canonicalText({ a: new mongo.ObjectId('0123456789abcdef01234567') })).not.toBe(
      canonicalText({ a: '0123456789abcdef01234567' }),
    );
  });

  it('leaves out what the database leaves out', () => {
    expect(canonicalText({ a: 1, b: undefined })).toBe('{"a":1}');
  });
});

describe('storable', () => {
  it('makes any text survive the database', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary' }),
        fc.array(fc.constantFrom('\ud800', 'a', '\udc00', '😀')),
        (a, parts) => {
          const given = storable({ q: a + parts.join(''), ent: [parts.join('-')], gone: undefined });
          expect(viaDatabase(given)).toEqual(given);
          expect('gone' in given).toBe(false);
        },
      ),
    );
    expect(storable({ q: 'x\ud800' })).toEqual({ q: 'x\ufffd' });
  });
});
