import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { MOST_LINE_BYTES, type SourceLine, sourceLines } from './source-lines.js';

async function* chunks(bytes: Buffer, sizes: readonly number[]): AsyncGenerator<Buffer> {
  let at = 0;
  for (const size of sizes) {
    if (at >= bytes.length) return;
    yield bytes.subarray(at, at + size);
    at += size;
  }
  if (at < bytes.length) yield bytes.subarray(at);
}

async function all(source: AsyncIterable<Buffer>, from?: { line: number; offset: number }): Promise<SourceLine[]> {
  const found: SourceLine[] = [];
  for await (const lines of sourceLines(source, from)) found.push(...lines);
  return found;
}

const texts = (lines: readonly SourceLine[]): [number, string | undefined][] =>
  lines.map(({ line, bytes }) => [line, bytes?.toString()]);

describe('lines of a file', () => {
  const line = fc.string({ unit: fc.constantFrom('a', 'ñ', '{', ' ', '\t'), maxLength: 12 });
  const end = fc.constantFrom('\n', '\r\n');
  const file = fc.array(fc.tuple(line, end), { maxLength: 20 });

  it('are those that splitting the text gives, however it arrives, and reading can go on behind each', async () => {
    await fc.assert(
      fc.asyncProperty(file, fc.boolean(), fc.array(fc.integer({ min: 1, max: 7 })), async (parts, cut, sizes) => {
        const whole = parts.map(([text, last]) => text + last).join('');
        const bytes = Buffer.from(cut ? whole.replace(/\r?\n$/, '') : whole);
        const found = await all(chunks(bytes, sizes));
        const wanted = parts.flatMap(([text], index) => (text.trim() === '' ? [] : [[index + 1, text]]));
        expect(texts(found)).toEqual(wanted);
        for (const [index, { line: number, end: offset }] of found.entries())
          expect(texts(await all(chunks(bytes.subarray(offset), sizes), { line: number, offset }))).toEqual(
            wanted.slice(index + 1),
          );
      }),
    );
  });

  it('keep no more of a line that is too long than its place', async () => {
    async function* long(): AsyncGenerator<Buffer> {
      const piece = Buffer.alloc(1_000_000, 'x');
      for (let sent = 0; sent <= MOST_LINE_BYTES; sent += piece.length) yield piece;
      yield Buffer.from('\n{}\n');
    }
    expect(texts(await all(long()))).toEqual([
      [1, undefined],
      [2, '{}'],
    ]);
  });
});
