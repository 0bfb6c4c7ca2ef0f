import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { normalizeText } from './normalize-text.js';
import { exactTextKey, systemTokenKey, systemTokenRange, textKeys, textRange } from './search-keys.js';

const finds = (query: string, stored: string): boolean => {
  const { from, before } = textRange('name', query);
  return textKeys('name', stored).some(
    (key) =>
      Buffer.compare(Buffer.from(key), Buffer.from(from)) >= 0 &&
      Buffer.compare(Buffer.from(key), Buffer.from(before)) < 0,
  );
};

describe('search keys', () => {
  it.each([
    ['garcia', 'López García'],
    ['GARCÍA', 'López García'],
    ['lopez g', 'López García'],
    ['de la cruz', 'Juana de la Cruz'],
    ['munoz', 'Muñoz'],
    ['Muñoz', 'MUNOZ'],
    ['', 'x'],
  ])('%s finds %s', (query, stored) => {
    expect(finds(query, stored)).toBe(true);
  });

  it.each([
    ['arcia', 'López García'],
    ['garcia lopez', 'López García'],
  ])('%s does not find %s', (query, stored) => {
    expect(finds(query, stored)).toBe(false);
  });

  it('finds every text by each of its beginnings', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 }), fc.nat(40), (text, length) => {
        const start = Array.from(normalizeText(text)).slice(0, length).join('');
        expect(finds(start, text)).toBe(true);
      }),
    );
  });

  it('tells whole texts apart by case, accents and end, also long ones', () => {
    const keys = ['García', 'garcia', 'Garcia', 'García ', `${'x'.repeat(150)}a`, `${'x'.repeat(150)}b`].map((text) =>
      exactTextKey('name', text),
    );
    expect(new Set(keys).size).toBe(keys.length);
    expect(textKeys('name', 'López García')).not.toContain(exactTextKey('name', 'García'));
  });

  it('keeps systems and codes with bars apart', () => {
    expect(systemTokenKey('p', 'a|b', 'c')).not.toBe(systemTokenKey('p', 'a', 'b|c'));
    const { from } = systemTokenRange('p', 'a|b');
    expect(systemTokenKey('p', 'a|b', 'c').startsWith(from)).toBe(true);
  });
});
