import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import {
  newShortCode,
  pinOf,
  readShortCode,
  SHORT_CODE_ALPHABET,
  SHORT_CODE_LENGTH,
  shortCodeText,
} from './short-code.js';

const code = fc
  .array(fc.constantFrom(...SHORT_CODE_ALPHABET), { minLength: SHORT_CODE_LENGTH, maxLength: SHORT_CODE_LENGTH })
  .map((characters) => characters.join(''));

describe('short codes', () => {
  it('hold 50 bits in characters that nobody takes for another', () => {
    expect(new Set(SHORT_CODE_ALPHABET).size).toBe(32);
    expect(SHORT_CODE_ALPHABET).not.toMatch(/[01IO]/);
    expect(SHORT_CODE_LENGTH * Math.log2(SHORT_CODE_ALPHABET.length)).toBe(50);
  });

  it('come out evenly: every character in every place, none more often than chance lets it', () => {
    const drawn = Array.from({ length: 6_400 }, newShortCode);
    expect(new Set(drawn).size).toBe(drawn.length);
    for (let place = 0; place < SHORT_CODE_LENGTH; place += 1) {
      const counts = new Map<string, number>();
      for (const one of drawn) counts.set(one[place]!, (counts.get(one[place]!) ?? 0) + 1);
      expect(counts.size).toBe(32);
      // 200 expected, standard deviation 14: six of them away would be one case in a hundred million.
      for (const count of counts.values()) expect(Math.abs(count - 200)).toBeLessThan(6 * 14);
    }
  });

  it('are read as people copy them: small letters, groups, dots and blanks', () => {
    fc.assert(
      fc.property(code, fc.constantFrom('', ' ', '-', '.', ' – '), fc.boolean(), (one, mark, small) => {
        const typed = [one.slice(0, 3), one.slice(3, 7), one.slice(7)].join(mark);
        expect(readShortCode(` ${small ? typed.toLowerCase() : typed} `)).toBe(one);
        expect(readShortCode(shortCodeText(one))).toBe(one);
      }),
    );
  });

  it('are nothing else', () => {
    for (const wrong of ['', 'ABCDE', 'ABCDEFGHJKL', 'ABCDEFGHJ0', 'ABCDEFGHJÑ', '<script>', 'ABCDE/FGHJ'])
      expect(readShortCode(wrong)).toBeUndefined();
    fc.assert(
      fc.property(fc.string({ maxLength: 200 }), (typed) => {
        const read = readShortCode(typed);
        expect(read === undefined || /^[2-9A-HJ-NP-Z]{10}$/.test(read)).toBe(true);
      }),
    );
  });

  it('have a PIN of six digits that only the secret gives', () => {
    fc.assert(
      fc.property(code, (one) => {
        expect(pinOf('secret', one)).toMatch(/^\d{6}$/);
        expect(pinOf('secret', one)).toBe(pinOf('secret', one));
      }),
    );
    const pins = new Set(Array.from({ length: 2_000 }, () => pinOf('secret', newShortCode())));
    expect(pins.size).toBeGreaterThan(1_990);
    expect(pinOf('secret', 'ABCDEFGHJK')).not.toBe(pinOf('another', 'ABCDEFGHJK'));
  });
});
