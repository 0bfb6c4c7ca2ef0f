import { describe, expect, it } from 'vitest';
import type { PatientRelation } from './envelope.js';
import { changesRelation, longestRelations } from './patient-relations.js';

const day = (n: number): Date => new Date(Date.UTC(2026, 0, 1 + n));
const open: PatientRelation = { f: 'a', k: 'referral' };

describe('relations of facilities to a patient', () => {
  it('keep the longest of one moment for each facility and kind', () => {
    const found = longestRelations([
      { ...open, u: day(3) },
      open,
      { ...open, u: day(9) },
      { f: 'b', k: 'referral', u: day(1) },
    ]);
    expect(found).toEqual([open, { f: 'b', k: 'referral', u: day(1) }]);
  });

  it.each([
    ['a first one', [], open, true],
    ['the same', [open], open, false],
    ['an end where there was none', [open], { ...open, u: day(5) }, true],
    ['an open one where there was an end', [{ ...open, u: day(5) }], open, true],
    [
      'an end some hours later',
      [{ ...open, u: day(5) }],
      { ...open, u: new Date(day(5).getTime() + 3_600_000) },
      false,
    ],
    ['another kind', [open], { f: 'a', k: 'encounter' } as PatientRelation, true],
  ])('are written for %s: %#', (_title, stored, relation, expected) => {
    expect(changesRelation(stored, relation)).toBe(expected);
  });
});
