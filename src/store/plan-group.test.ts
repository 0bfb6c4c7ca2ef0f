import { describe, expect, it } from 'vitest';
import { setTimeout as sleep } from 'node:timers/promises';
import type { StoredResource } from './envelope.js';
import { PlanGroup } from './plan-group.js';
import type { StampedPlan } from './stamped-plan.js';
import type { WritePlan } from './write-plan.js';

const doc = (_id: string): StoredResource => ({
  _id,
  b: '0000',
  vid: 1,
  lu: new Date(0),
  del: false,
  acc: [],
  lab: [],
  k: {},
  s: { tok: [], num: [], ref: [], str: [], dat: [], uri: [] },
  json: '{}',
});
const plan = (requestId: string, content: Partial<WritePlan>): StampedPlan => ({
  plan: { writes: [], audit: [], requestId, ...content },
  audit: [],
  deadline: Number.POSITIVE_INFINITY,
});
const create = (id: string): StampedPlan =>
  plan(id, { writes: [{ method: 'create', type: 'Observation', doc: doc(id) }] });
const update = (id: string, replaces = 1): StampedPlan =>
  plan(id, {
    writes: [{ method: 'update', type: 'Observation', doc: { ...doc('x'), vid: replaces + 1 }, replaces }],
  });

/** Runs plans in name only; tells how, in the order of their ends. */
function runner(isRefused: (name: string) => boolean = () => false) {
  const done: string[] = [];
  const group = new PlanGroup({
    alone: async ({ plan: { requestId } }) => {
      await sleep(2);
      done.push(`${requestId} alone`);
      if (isRefused(requestId)) throw new Error(`refused ${requestId}`);
    },
    together: async (plans) => {
      const names = plans.map(({ plan: { requestId } }) => requestId);
      await sleep(2);
      done.push(names.join('+'));
      return !names.some(isRefused);
    },
  });
  const all = (...plans: readonly StampedPlan[]): Promise<PromiseSettledResult<void>[]> =>
    Promise.allSettled(plans.map((one) => group.add(one)));
  return { all, done, group };
}

describe('PlanGroup', () => {
  it('lets plans that arrive together ride together', async () => {
    const { all, done } = runner();
    const results = await all(create('a'), create('b'), create('c'));
    expect(results.every(({ status }) => status === 'fulfilled')).toBe(true);
    expect(done).toEqual(['a+b+c']);
  });

  it('carries out each by itself when one cannot be: only that one fails', async () => {
    const { all, done } = runner((name) => name === 'b');
    const results = await all(create('a'), create('b'), create('c'));
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(done).toEqual(['a+b+c', 'a alone', 'b alone', 'c alone']);
  });

  it('tries nothing again when nobody knows the outcome', async () => {
    let alone = 0;
    const group = new PlanGroup({
      alone: async () => {
        alone += 1;
        await sleep(0);
      },
      together: () => Promise.reject(new Error('lost')),
    });
    const results = await Promise.allSettled([group.add(create('a')), group.add(create('b'))]);
    expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(alone).toBe(0);
  });

  it('never lets two plans that change the same thing run at once, and keeps their order', async () => {
    const { all, done } = runner();
    await all(update('a', 1), update('b', 2), create('c'), update('d', 3));
    expect(done).toEqual(['a+c', 'b alone', 'd alone']);
  });

  it('tells at once whose version is not current any more, and forgets it when nobody waits', async () => {
    const { all, done, group } = runner();
    const results = await all(update('a'), update('b'), update('c'), update('d', 2));
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected', 'fulfilled']);
    expect(results[2]).toMatchObject({ reason: { name: 'VersionConflict', id: 'x', current: 2 } });
    expect(done).toEqual(['a', 'd alone']);
    await group.add(update('e'));
    expect(done.at(-1)).toBe('e');
  });

  it.each([
    ['a claim', { claims: [{ kind: 'dni', value: '1', ref: 'Patient/a' }] }],
    ['a claim set free', { releases: [{ kind: 'dni', value: '1', ref: 'Patient/a' }] }],
    ['a relation', { relations: [{ patient: 'p', relation: { f: 'f', k: 'encounter' } }] }],
  ] as const)('takes %s for something that both change', async (_case, content) => {
    const { all, done } = runner();
    await all(plan('a', content), plan('b', content));
    expect(done).toEqual(['a', 'b alone']);
  });

  it('waits for a rival that fails as for one that does not', async () => {
    const { all, done } = runner((name) => name === 'a');
    const results = await all(update('a'), update('b'));
    expect(results.map(({ status }) => status)).toEqual(['rejected', 'fulfilled']);
    expect(done).toEqual(['a', 'a alone', 'b alone']);
  });

  it.each([
    ['conditions', { absent: [{ key: 'k', type: 'Patient', filter: {} }] }],
    ['guards', { guards: [{ type: 'Task', id: 't', vid: 1 }] }],
    ['much text', { writes: [{ method: 'create', type: 'Binary', doc: { ...doc('b'), json: 'x'.repeat(300_000) } }] }],
  ] as const)('lets plans with %s go alone', async (_case, content) => {
    const { all, done } = runner();
    await all(create('a'), plan('b', content), create('c'));
    expect([...done].sort()).toEqual(['a+c', 'b alone']);
  });

  it('puts a bounded number of documents into one transaction', async () => {
    const { all, done } = runner();
    await all(...Array.from({ length: 600 }, (_, n) => create(`p${n}`)));
    expect(done.map((names) => names.split('+').length)).toEqual([256, 256, 88]);
  });
});
