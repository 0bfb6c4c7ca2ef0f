import { describe, expect, it } from 'vitest';
import { CLOCKS } from './clocks.js';
import { ALL_PARTIES } from './parties.js';
import { ALL_STATES, stateRow } from './states.js';

const TASK_OF_REQUEST: Record<string, readonly string[]> = {
  draft: [],
  active: ['requested', 'received', 'accepted', 'on-hold', 'in-progress', 'completed', 'rejected'],
  revoked: ['cancelled', 'failed'],
  completed: ['completed'],
  'entered-in-error': ['entered-in-error'],
};

describe('states of a referral', () => {
  it('are the 21 of the guide', () => {
    expect(ALL_STATES).toHaveLength(21);
  });

  it.each(ALL_STATES)('%s: statuses fit together, clock and lists exist', (state) => {
    const { request, task, clock, worklist, actsNext, es, en } = stateRow(state);
    expect(es).not.toBe('');
    expect(en).not.toBe('');
    for (const status of task) expect(TASK_OF_REQUEST[request]).toContain(status);
    if (state !== 'draft') expect(task.length).toBeGreaterThan(0);
    if (clock) expect(CLOCKS).toHaveProperty(clock);
    for (const party of worklist) expect(ALL_PARTIES).toContain(party);
    expect(Boolean(clock)).toBe(actsNext !== undefined && state !== 'draft');
  });
});
