import { describe, expect, it } from 'vitest';
import { setTimeout as sleep } from 'node:timers/promises';
import { ReadGroup } from './read-group.js';

interface Row {
  readonly _id: string;
  readonly n: number;
}

/** A table whose queries take a moment, and what was asked of it. */
function table(rows: readonly Row[] = []) {
  const asked: (readonly string[])[] = [];
  const content = new Map(rows.map((row) => [row._id, row]));
  const group = new ReadGroup<Row>(async (ids) => {
    asked.push(ids);
    const found = ids.flatMap((id) => content.get(id) ?? []).reverse();
    await sleep(2);
    return found;
  });
  return { asked, content, group };
}

const numbered = (count: number): Row[] => Array.from({ length: count }, (_, n) => ({ _id: `r${n}`, n }));

describe('ReadGroup', () => {
  it('asks once for what is asked together, and gives each caller its own', async () => {
    const { asked, group } = table(numbered(3));
    const found = await Promise.all([group.one('r2'), group.one('r0'), group.one('none'), group.one('r2')]);
    expect(found).toEqual([{ _id: 'r2', n: 2 }, { _id: 'r0', n: 0 }, undefined, { _id: 'r2', n: 2 }]);
    expect(asked).toEqual([['r2', 'r0', 'none']]);
  });

  it('gives several in the order of their ids, each once, without those that do not exist', async () => {
    const { group } = table(numbered(4));
    expect((await group.many(['r3', 'none', 'r1', 'r3'])).map(({ _id }) => _id)).toEqual(['r3', 'r1']);
  });

  it('never answers with what was read before it was asked', async () => {
    const { content, group } = table(numbered(1));
    const before = group.one('r0');
    // The query is running now: what it reads is older than what is written next.
    await sleep(1);
    content.set('r0', { _id: 'r0', n: 7 });
    expect(await group.one('r0')).toEqual({ _id: 'r0', n: 7 });
    expect(await before).toEqual({ _id: 'r0', n: 0 });
  });

  it('holds two queries at most, of 64 look-ups at most, and loses none', async () => {
    let running = 0;
    const sizes: number[] = [];
    const group = new ReadGroup<Row>(async (ids) => {
      running += 1;
      expect(running).toBeLessThanOrEqual(2);
      sizes.push(ids.length);
      await sleep(1);
      running -= 1;
      return ids.map((_id) => ({ _id, n: Number(_id.slice(1)) }));
    });
    const found = await group.many(Array.from({ length: 200 }, (_, n) => `r${n}`));
    expect(found.map(({ n }) => n)).toEqual(Array.from({ length: 200 }, (_, n) => n));
    expect(sizes).toEqual([64, 64, 64, 8]);
  });

  it('gives the error of a query to all that it carried, and goes on', async () => {
    let queries = 0;
    const group = new ReadGroup<Row>(async (ids) => {
      queries += 1;
      await sleep(1);
      if (queries === 1) throw new Error('away');
      return ids.map((_id) => ({ _id, n: 1 }));
    });
    const results = await Promise.allSettled([group.one('a'), group.one('b')]);
    expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    await expect(group.one('a')).resolves.toEqual({ _id: 'a', n: 1 });
  });
});
