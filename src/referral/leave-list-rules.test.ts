import { describe, expect, it } from 'vitest';
import { type Attempt, type ListFacts, obstacles } from './leave-list-rules.js';

const facts = (given: Partial<ListFacts>): ListFacts => ({
  ...{ priority: 'routine', groups: [], attempts: [], noShows: 0 },
  ...given,
});
const vain = (...days: string[]): Attempt[] => days.map((day) => ({ day, reached: false }));
const [FIRST, SECOND, THIRD] = ['2026-11-02', '2026-11-03', '2026-11-04'] as const;
const REACHED: Attempt = { day: FIRST, reached: true };

describe('the cause for leaving the list', () => {
  it.each<[string, string, Partial<ListFacts>, number]>([
    ['what the person said needs nothing of an ordinary one', 'improved', {}, 0],
    ['nobody is unreachable whom nobody tried to reach', 'not-reachable', {}, 1],
    ['one day of trying is enough for an ordinary one', 'not-reachable', { attempts: vain(FIRST) }, 0],
    ['an attempt that reached the person is none in vain', 'not-reachable', { attempts: [REACHED] }, 1],
    ['several on one day are one', 'not-reachable', { priority: 'urgent', attempts: vain(FIRST, FIRST, FIRST) }, 1],
    ['two days for an urgent one', 'not-reachable', { priority: 'urgent', attempts: vain(FIRST, SECOND) }, 0],
    ['three for a pregnant woman', 'not-reachable', { groups: ['pregnant'], attempts: vain(FIRST, SECOND) }, 1],
    ['and then no more', 'not-reachable', { groups: ['pregnant', 'minor'], attempts: vain(FIRST, SECOND, THIRD) }, 0],
    ['an urgent one who was never looked for has said nothing', 'improved', { priority: 'urgent' }, 1],
    ['an urgent one who was reached has', 'improved', { priority: 'urgent', attempts: [REACHED] }, 0],
    ['one missed appointment is not repeated', 'repeated-no-show', { noShows: 1 }, 1],
    ['two are', 'repeated-no-show', { noShows: 2 }, 0],
    ['of an urgent one only after looking', 'repeated-no-show', { priority: 'urgent', noShows: 1 }, 2],
    [
      'being told of the date is no looking',
      'repeated-no-show',
      { groups: ['minor'], noShows: 2, attempts: [REACHED] },
      1,
    ],
  ])('%s', (_words, cause, given, count) => {
    expect(obstacles(cause, facts(given))).toHaveLength(count);
  });

  it('says how many there are and how many are asked', () => {
    const [words] = obstacles('not-reachable', facts({ priority: 'asap', attempts: vain(FIRST) }));
    expect(words?.en).toContain('1 on record, 3 needed');
    expect(obstacles('repeated-no-show', facts({ noShows: 1 }))[0]?.es).toContain('hay 1 y se piden 2');
  });
});
