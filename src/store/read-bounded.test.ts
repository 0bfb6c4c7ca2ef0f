import { describe, expect, it } from 'vitest';
import { readBounded } from './read-bounded.js';

describe('reading rows within a bound', () => {
  let pulled = 0;
  async function* rowsOf(...lengths: number[]): AsyncGenerator<{ json: string }> {
    pulled = 0;
    for (const length of lengths) {
      pulled += 1;
      yield await Promise.resolve({ json: 'x'.repeat(length) });
    }
  }

  it('takes all when they fit', async () => {
    const { rows, complete } = await readBounded(rowsOf(3, 3, 4), 10);
    expect([rows.length, complete]).toEqual([3, true]);
  });

  it('asks for no more once the bound is passed', async () => {
    const { rows, complete } = await readBounded(rowsOf(6, 6, 6, 6), 10);
    expect([rows.length, complete, pulled]).toEqual([2, false, 2]);
  });

  it('gives one row however large, so that a page goes on', async () => {
    expect((await readBounded(rowsOf(99, 1), 10)).rows).toHaveLength(1);
  });
});
