import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { escapeValue, splitEscaped, unescapeValue } from './escapes.js';

const text = fc.string({ unit: fc.constantFrom('a', 'ñ', ',', '|', '$', '\\', ' ') });

describe('escapes of search values', () => {
  it('gives back every list of values', () => {
    fc.assert(
      fc.property(fc.array(text, { minLength: 1 }), (values) => {
        const parts = splitEscaped(values.map(escapeValue).join(','), ',');
        expect(parts.map(unescapeValue)).toEqual(values);
      }),
    );
  });

  it('gives back system and code of a token', () => {
    fc.assert(
      fc.property(text, text, (system, code) => {
        const parts = splitEscaped(`${escapeValue(system)}|${escapeValue(code)}`, '|');
        expect(parts.map(unescapeValue)).toEqual([system, code]);
      }),
    );
  });

  it.each(['a\\b', 'a\\', '\\\\\\n'])('knows no meaning of %j', (value) => {
    expect(unescapeValue(value)).toBeUndefined();
  });
});
