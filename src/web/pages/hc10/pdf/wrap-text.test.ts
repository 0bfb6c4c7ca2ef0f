import { describe, expect, it } from 'vitest';
import type { Measure } from './pdf-page.js';
import { wrapText } from './wrap-text.js';

/** Every character is one wide; counts what it is asked. */
function counting(): { measure: Measure; asked: () => number } {
  let characters = 0;
  const measure = {
    width: (text: string): number => {
      characters += text.length;
      return text.length;
    },
  } as unknown as Measure;
  return { measure, asked: () => characters };
}

describe('lines of a text', () => {
  it('cut a word that fits in no line, without measuring the whole of it again and again', () => {
    const { measure, asked } = counting();
    const word = 'A'.repeat(200_000);
    const lines = wrapText(measure, `antes ${word} después`, { size: 10, width: 80 });
    expect(lines.join('').replace(/ /g, '')).toBe(`antes${word}después`);
    expect(Math.max(...lines.map((line) => line.length))).toBe(80);
    // Some measurements of at most one line's length for each line, not of all that is left.
    expect(asked()).toBeLessThan(lines.length * 300 * 12);
  });
});
