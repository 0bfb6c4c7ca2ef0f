import { describe, expect, it } from 'vitest';
import { evalFhirPathTyped, parseFhirPath } from '@medplum/core';
import fc from 'fast-check';
import { loadDefinitions } from '../definitions/load-definitions.js';
import { hasDisjointCodings, OBS_7 } from './disjoint-codings.js';
import { registerSchemas } from './medplum-schemas.js';

const definitions = loadDefinitions();
registerSchemas(definitions);

const coding = fc.record(
  { system: fc.constantFrom('a', 'b'), code: fc.constantFrom('1', '2', '3', '') },
  { requiredKeys: ['code'] },
);
const concept = fc.record(
  { coding: fc.array(coding, { minLength: 1, maxLength: 2 }), text: fc.constant('x') },
  { requiredKeys: ['coding'] },
);
const observation = fc.record(
  {
    resourceType: fc.constant('Observation'),
    code: concept,
    valueString: fc.constant('x'),
    component: fc.array(fc.record({ code: concept }), { minLength: 1, maxLength: 3 }),
  },
  { requiredKeys: ['resourceType', 'code', 'component'] },
);

describe('hasDisjointCodings', () => {
  it('is the invariant of the definitions', () => {
    const constraints = definitions.structure('Observation')?.snapshot?.element[0]?.constraint ?? [];
    expect(constraints.find(({ key }) => key === 'obs-7')?.expression).toBe(OBS_7);
  });

  it('says that it holds only where FHIRPath does', () => {
    const atom = parseFhirPath(OBS_7);
    let settled = 0;
    fc.assert(
      fc.property(observation, (value) => {
        if (!hasDisjointCodings(value)) return;
        settled += 1;
        const typed = { type: 'Observation', value };
        const [result] = evalFhirPathTyped(atom, [typed], { '%resource': typed });
        expect(result?.value).toBe(true);
      }),
      { numRuns: 1_000 },
    );
    expect(settled).toBeGreaterThan(10);
  });

  it('leaves what shares a code, or has none, to FHIRPath', () => {
    const [one, two] = [{ coding: [{ code: '1' }] }, { coding: [{ code: '2' }] }];
    expect(hasDisjointCodings({ code: one, component: [{ code: two }] })).toBe(true);
    expect(hasDisjointCodings({ code: one, component: [{ code: two }, { code: one }] })).toBeUndefined();
    expect(hasDisjointCodings({ code: one, component: [{ code: { text: 'x' } }] })).toBeUndefined();
    expect(hasDisjointCodings({ code: one })).toBeUndefined();
  });
});
