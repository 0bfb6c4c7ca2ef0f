import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import type { HealthcareService } from '@medplum/fhirtypes';
import { codeSystemUrl, extensionUrl } from '../../config/canonical.js';
import { loadDefinitions } from '../../fhir/definitions/load-definitions.js';
import { capacityOf, isContradicted } from './capacity.js';
import { quantile } from './quantile.js';
import { requirementsOf, SPECIALTY_REQUIREMENTS } from './service-requirements.js';

describe('quantile', () => {
  it('is a value with at least that share at or below it, and no smaller one', () => {
    const values = fc.array(fc.integer({ min: 0, max: 400 }), { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(values, fc.constantFrom(0.1, 0.5, 0.9, 1), (some, q) => {
        const found = quantile(some, q);
        const share = (limit: number): number => some.filter((value) => value <= limit).length / some.length;
        expect(some).toContain(found);
        expect(share(found)).toBeGreaterThanOrEqual(q - 1e-9);
        for (const value of some) if (value < found) expect(share(value)).toBeLessThan(q);
      }),
    );
    expect(() => quantile([], 0.5)).toThrow(RangeError);
  });
});

describe('what a service asks for', () => {
  const definitions = loadDefinitions();

  it('is written in codes of the guide, for specialties of the guide', () => {
    const items = new Set(definitions.codes(codeSystemUrl('information-item')));
    const specialties = new Set(definitions.codes(codeSystemUrl('specialty')));
    for (const [specialty, row] of Object.entries(SPECIALTY_REQUIREMENTS)) {
      expect([specialty, specialties.has(specialty)]).toEqual([specialty, true]);
      expect(row.filter((item) => !items.has(item))).toEqual([]);
    }
  });

  it('adds its own to those of its specialty, each once', () => {
    const own = (code: string) => ({
      url: extensionUrl('requirement'),
      valueCodeableConcept: { coding: [{ system: codeSystemUrl('information-item'), code }] },
    });
    const codes = requirementsOf({ extension: [own('pathology'), own('ecg')] }, 'cardiologia').map(
      ({ coding }) => coding?.[0]?.code,
    );
    expect(codes).toEqual([
      'clinical-summary',
      'diagnosis',
      'clinical-question',
      'vital-signs',
      'ecg',
      'medications',
      'pathology',
    ]);
    expect(requirementsOf({}, undefined)).toHaveLength(3);
  });
});

describe('the capacity flag', () => {
  const flagged = (status: string): Pick<HealthcareService, 'extension'> => ({
    extension: [{ url: extensionUrl('capacity'), extension: [{ url: 'status', valueCode: status }] }],
  });

  it.each([
    ['capacity', 10, false],
    ['capacity', 31, true],
    ['no-capacity', 90, false],
    ['no-capacity', 3, true],
    ['waitlist', 40, false],
    ['waitlist', 1, true],
    ['assessment-needed', 200, false],
  ] as const)('%s with a median of %i days: contradicted %s', (status, days, contradicted) => {
    const capacity = capacityOf(flagged(status));
    expect(capacity).toEqual({ status });
    expect(isContradicted(capacity, days)).toBe(contradicted);
    expect(isContradicted(capacity, undefined)).toBe(false);
  });

  it('knows the codes of the guide and no others', () => {
    const codes = loadDefinitions().codes(codeSystemUrl('capacity-status'));
    expect(codes).toHaveLength(4);
    for (const code of codes) expect(capacityOf(flagged(code))?.status).toBe(code);
    expect(capacityOf(flagged('constructor'))).toBeUndefined();
    expect(capacityOf({})).toBeUndefined();
  });
});
