import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { evaluateFilter } from '../../../test/support/evaluate-filter.js';
import type { PatientRelation } from '../../store/envelope.js';
import type { Caller } from '../caller.js';
import { linkedScope } from './linked-scope.js';
import { isRelated } from './related-patients.js';

const callerAt = (facilities: readonly string[], scope = 'system/*.cruds'): Caller => ({
  sub: 'x',
  clientId: 'x',
  role: 'specialist',
  actsAs: ['specialist'],
  facilities,
  scope,
  purpose: 'TREAT',
  displayName: 'X',
});

const facility = fc.constantFrom('h1', 'h2', 'h3');
const relation = fc.record<PatientRelation>(
  { f: facility, k: fc.constant('encounter'), u: fc.constantFrom(new Date('2000-01-01'), new Date('2999-01-01')) },
  { requiredKeys: ['f', 'k'], noNullPrototype: true },
);

describe('linkedScope', () => {
  it('lets the patients through that isRelated lets through', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(facility, { minLength: 1 }),
        fc.uniqueArray(facility),
        fc.option(fc.array(relation), { nil: undefined }),
        (facilities, acc, rel) => {
          const patient = { _id: 'p', acc, ...(rel ? { rel } : {}) };
          const filter = linkedScope(callerAt(facilities), 'Patient', 's', []);
          expect(evaluateFilter(filter ?? {}, patient)).toBe(isRelated(callerAt(facilities), patient));
        },
      ),
      { numRuns: 500 },
    );
  });

  it('opens everything of related patients, and of nobody else', () => {
    const filter = linkedScope(callerAt(['h1']), 'Observation', 'r', ['p1']) ?? {};
    expect(evaluateFilter(filter, { acc: [], pt: 'p1' })).toBe(true);
    expect(evaluateFilter(filter, { acc: ['h1'], pt: 'p2' })).toBe(true);
    expect(evaluateFilter(filter, { acc: ['h2'], pt: 'p2' })).toBe(false);
  });

  it('is closed where role or token do not reach', () => {
    expect(linkedScope(callerAt(['h1']), 'AuditEvent', 's', [])).toBeUndefined();
    expect(linkedScope(callerAt(['h1'], 'system/Task.rs'), 'Patient', 's', [])).toBeUndefined();
    expect(linkedScope(callerAt(['h1'], 'system/Patient.r'), 'Patient', 's', [])).toBeUndefined();
    expect(linkedScope(callerAt([]), 'Patient', 's', [])).toEqual({ acc: { $in: [] } });
  });
});
