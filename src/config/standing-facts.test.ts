import { describe, expect, it } from 'vitest';
import type { AllergyIntolerance } from '@medplum/fhirtypes';
import { allergiesInForce, stands } from './standing-facts.js';

const status = (code: string): AllergyIntolerance['clinicalStatus'] => ({ coding: [{ code }] });
const allergy = (id: string, content: Partial<AllergyIntolerance>): AllergyIntolerance & { id: string } => ({
  resourceType: 'AllergyIntolerance',
  id,
  patient: {},
  ...content,
});

describe('allergies in force', () => {
  it('leave out what was refuted, withdrawn or is over', () => {
    const all = [
      allergy('a', { code: { text: 'Penicilina' } }),
      allergy('b', { code: { text: 'Yodo' }, verificationStatus: status('refuted') }),
      allergy('c', { code: { text: 'Látex' }, clinicalStatus: status('resolved') }),
      allergy('d', { code: { text: 'Maní' }, verificationStatus: status('entered-in-error') }),
    ];
    expect(allergiesInForce(all).map(({ id }) => id)).toEqual(['a']);
    expect(stands({ verificationStatus: status('confirmed') })).toBe(true);
  });

  it('name each substance once, and keep that it is grave', () => {
    const penicillin = { coding: [{ system: 'atc', code: 'J01C' }], text: 'Penicilina' };
    const all = [
      allergy('a', { code: penicillin, criticality: 'low' }),
      allergy('b', { code: { text: 'Yodo' } }),
      allergy('c', { code: { ...penicillin, text: 'penicilinas' }, criticality: 'high' }),
      allergy('d', { code: { text: ' yodo' } }),
      allergy('e', {}),
      allergy('f', {}),
    ];
    expect(allergiesInForce(all).map(({ id }) => id)).toEqual(['c', 'b', 'e', 'f']);
  });
});
