import type { CodeSystem } from '@medplum/fhirtypes';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { packageRoot } from '../config/paths.js';
import { cancelParty, checkReason } from './cancel-reasons.js';
import { FieldValues } from './field-values.js';

const path = join(packageRoot, 'profiles', 'compiled', 'CodeSystem-cancel-reason.json');
const { concept = [] } = JSON.parse(readFileSync(path, 'utf8')) as CodeSystem;

const given = (code: string) => new FieldValues([{ name: 'reason', valueCode: code }]);

describe('reasons to cancel an appointment', () => {
  it('say their party by their code, as the code system does', () => {
    expect(concept.length).toBeGreaterThan(10);
    for (const { code, property } of concept)
      expect([code, cancelParty(code)]).toEqual([code, property?.find((one) => one.code === 'party')?.valueCode]);
    expect(cancelParty('patience')).toBeUndefined();
  });

  it.each([
    ['PT', 'provider-absent', 1],
    ['PT', 'patient-transport', 0],
    ['PT', 'other-weather-road', 0],
    ['DS', 'provider-absent', 0],
    ['DS', 'patient-transport', 0],
  ] as const)('%s with %s: %i findings', (party, code, findings) => {
    expect(checkReason({ parties: [party], values: given(code) })).toHaveLength(findings);
  });
});
