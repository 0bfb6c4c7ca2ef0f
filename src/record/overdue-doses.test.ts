import { describe, expect, it } from 'vitest';
import { codeSystemUrl } from '../config/canonical.js';
import { overdueDoses } from './overdue-doses.js';

const at = new Date('2026-11-22T12:00:00Z');
const given = (code: string, dose?: number, status: 'completed' | 'not-done' = 'completed') => ({
  status,
  vaccineCode: { coding: [{ system: codeSystemUrl('vacuna'), code }] },
  ...(dose === undefined ? {} : { protocolApplied: [{ doseNumberPositiveInt: dose }] }),
});
const names = (...of: Parameters<typeof overdueDoses>): string[] =>
  overdueDoses(...of).map(({ vaccine, dose }) => `${vaccine.code} ${dose}`);

describe('overdue doses', () => {
  // 150 days old: due at birth, at two and at four months; the latter within the grace of a month.
  const child = { birthDate: '2026-06-25' } as const;

  it('are those of the schedule that the record does not show, the earliest first', () => {
    expect(names(child, [], at)).toEqual([
      'bcg 1',
      'hepatitis-b-rn 1',
      'ipv 1',
      'pentavalente 1',
      'rotavirus 1',
      'neumococo 1',
    ]);
    expect(overdueDoses(child, [], at)[2]?.due).toBe('2026-08-25');
  });

  it('are fewer by what was given, by CVX code and without a number too, not by what was refused', () => {
    const doses = [
      given('bcg', 1),
      given('pentavalente'),
      given('rotavirus', 1, 'not-done'),
      {
        status: 'completed' as const,
        vaccineCode: { coding: [{ system: 'http://hl7.org/fhir/sid/cvx', code: '10' }] },
      },
    ];
    expect(names(child, doses, at)).toEqual(['hepatitis-b-rn 1', 'rotavirus 1', 'neumococo 1']);
  });

  it('are not said of who is five or older, nor without a birth date to the day', () => {
    expect(names({ birthDate: '2021-11-01' }, [], at)).toEqual([]);
    expect(names({ birthDate: '2026' }, [], at)).toEqual([]);
    expect(names({}, [], at)).toEqual([]);
  });

  it('leave out doses that the programme has not confirmed', () => {
    expect(names({ birthDate: '2024-11-22' }, [], at)).not.toContain('srp 2');
    expect(names({ birthDate: '2024-11-22' }, [], at)).toContain('srp 1');
  });
});
