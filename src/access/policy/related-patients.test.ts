import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { evaluateFilter } from '../../../test/support/evaluate-filter.js';
import type { PatientRelation } from '../../store/envelope.js';
import type { Caller } from '../caller.js';
import { isRelated, relatedPatients } from './related-patients.js';
import { searchScope } from './visibility.js';

const callerAt = (facilities: readonly string[]): Caller => ({
  sub: 'x',
  clientId: 'x',
  role: 'specialist',
  actsAs: ['specialist'],
  facilities,
  scope: 'system/*.cruds',
  purpose: 'TREAT',
  displayName: 'X',
});

const facility = fc.constantFrom('h1', 'h2', 'h3');
const relation = fc.record<PatientRelation>(
  { f: facility, k: fc.constant('encounter'), u: fc.constantFrom(new Date('2000-01-01'), new Date('2999-01-01')) },
  { requiredKeys: ['f', 'k'], noNullPrototype: true },
);
const noStore = { heads: () => Promise.resolve([]) };
const noPins = { patients: [], exactIdentifier: false };

describe('relatedPatients', () => {
  it('finds in every search exactly the patients that may be read', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(facility),
        fc.uniqueArray(facility),
        fc.option(fc.array(relation), { nil: undefined }),
        async (facilities, acc, rel) => {
          const caller = callerAt(facilities);
          const patient = { _id: 'p', acc, ...(rel ? { rel } : {}) };
          const { filter } = await searchScope(noStore, caller, 'Patient', noPins);
          expect(evaluateFilter(filter, patient)).toBe(isRelated(caller, patient));
        },
      ),
      { numRuns: 500 },
    );
  });

  it('keeps the facilities where the planner looks for them, and has no empty list of choices', () => {
    expect(relatedPatients({ facilities: ['h1', 'h2'] })).toMatchObject({ acc: { $in: ['h1', 'h2'] } });
    expect(relatedPatients({ facilities: [] })).toEqual({ acc: { $in: [] } });
  });
});
