import { describe, expect, it } from 'vitest';
import type { Patient } from '@medplum/fhirtypes';
import { SID } from '../../config/canonical.js';
import type { FoundResource } from '../../store/envelope.js';
import { minimalDemographics } from './minimal-demographics.js';

describe('minimalDemographics', () => {
  it('shows the numbers by which a stranger can be found, and no others', () => {
    const identifier = [
      { system: SID.dni, value: '1', assigner: { reference: 'Organization/h1' } },
      { system: SID.pasaporte, value: '2' },
      { system: SID.temporal, value: '3' },
      { system: SID.expediente, value: '4' },
      { system: 'http://example.org/seguro', value: '5' },
      { value: '6' },
    ];
    const json = JSON.stringify({ resourceType: 'Patient', id: 'p', identifier });
    const shown = JSON.parse(minimalDemographics({ _id: 'p', json } as FoundResource).json) as Patient;
    expect(shown.identifier).toEqual([
      { system: SID.dni, value: '1' },
      { system: SID.pasaporte, value: '2' },
      { system: SID.temporal, value: '3' },
    ]);
  });
});
