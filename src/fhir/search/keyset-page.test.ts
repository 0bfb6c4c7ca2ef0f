import { describe, expect, it } from 'vitest';
import { pageRange, toPage } from './keyset-page.js';

const sort = { lu: -1, _id: -1 } as const;
const row = (_id: string): { _id: string; lu: Date } => ({ _id, lu: new Date(0) });
const at = (_id: string): [Date, string] => [new Date(0), _id];

describe('pageRange', () => {
  it('starts at the beginning, goes on in the order and back in the reverse', () => {
    const filter = { x: 1 };
    expect(pageRange(sort, filter)).toEqual({ filter, sort });
    expect(pageRange(sort, filter, { direction: 'after', position: at('b') }).sort).toEqual(sort);
    const back = pageRange(sort, filter, { direction: 'before', position: at('b') });
    expect(Object.entries(back.sort)).toEqual([
      ['lu', 1],
      ['_id', 1],
    ]);
    expect(JSON.stringify(back.filter)).toContain('"$gt":"b"');
  });
});

describe('toPage', () => {
  const [c, b, a] = [row('c'), row('b'), row('a')];

  it('links on where there is more, and back from every page but the first', () => {
    expect(toPage(sort, [c, b, a], 2)).toEqual({ rows: [c, b], next: at('b') });
    expect(toPage(sort, [c, b], 2)).toEqual({ rows: [c, b] });
    const start = { direction: 'after', position: at('d') } as const;
    expect(toPage(sort, [c, b, a], 2, start)).toEqual({ rows: [c, b], next: at('b'), previous: at('c') });
    expect(toPage(sort, [c], 2, start)).toEqual({ rows: [c], previous: at('c') });
    expect(toPage(sort, [], 2, start)).toEqual({ rows: [] });
  });

  it('turns what was read from the end round, and links forth always', () => {
    const start = { direction: 'before', position: at('0') } as const;
    expect(toPage(sort, [a, b, c], 2, start)).toEqual({ rows: [b, a], next: at('a'), previous: at('b') });
    expect(toPage(sort, [a, b], 2, start)).toEqual({ rows: [b, a], next: at('a') });
    expect(toPage(sort, [], 2, start)).toEqual({ rows: [] });
  });
});
