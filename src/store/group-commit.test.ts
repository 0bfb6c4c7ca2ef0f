import { describe, expect, it } from 'vitest';
import { setTimeout as sleep } from 'node:timers/promises';
import { GroupCommit } from './group-commit.js';

describe('GroupCommit', () => {
  it('lets all that wait ride together, one insert at a time', async () => {
    const batches: (readonly number[])[] = [];
    let running = 0;
    const group = new GroupCommit<number>(async (items) => {
      running += 1;
      expect(running).toBe(1);
      batches.push(items);
      await sleep(5);
      running -= 1;
    });
    const first = Array.from({ length: 40 }, (_, i) => group.add(i));
    await sleep(1);
    await Promise.all([...first, ...Array.from({ length: 60 }, (_, i) => group.add(40 + i))]);
    expect(batches.map((batch) => batch.length)).toEqual([40, 60]);
    expect(batches.flat()).toEqual(Array.from({ length: 100 }, (_, i) => i));
  });

  it('gives the error of an insert to those it carried and goes on with the rest', async () => {
    let inserts = 0;
    const group = new GroupCommit<string>(async () => {
      inserts += 1;
      await sleep(1);
      if (inserts === 2) throw new Error('disk full');
    });
    const first = group.add('a');
    await sleep(0);
    const second = [group.add('b'), group.add('c')];
    const results = await Promise.allSettled([first, ...second]);
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected']);
    await expect(group.add('d')).resolves.toBeUndefined();
    expect(inserts).toBe(3);
  });

  it('never puts more into one insert than allowed', async () => {
    const sizes: number[] = [];
    const group = new GroupCommit<number>(async (items) => {
      sizes.push(items.length);
      await sleep(1);
    }, 10);
    await Promise.all(Array.from({ length: 35 }, (_, i) => group.add(i)));
    expect(sizes).toEqual([10, 10, 10, 5]);
    await group.idle();
  });
});
