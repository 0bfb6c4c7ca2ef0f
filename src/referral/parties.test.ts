import { describe, expect, it } from 'vitest';
import type { Role } from '../access/caller.js';
import { ALL_PARTIES, type Party, partiesOf, partiesOfRoles } from './parties.js';

const sides = { origin: 'clinic', destination: 'hospital', patient: 'p1' };

describe('parties of a person in one referral', () => {
  it.each<[Role, string, Party[]]>([
    ['clinician', 'clinic', ['OC']],
    ['clinician', 'hospital', ['DC']],
    ['nurse', 'clinic', ['OC']],
    ['nurse', 'hospital', []],
    ['specialist', 'hospital', ['DC']],
    ['clerk', 'clinic', ['OA']],
    ['clerk', 'hospital', ['DD']],
    ['uau', 'hospital', ['DD', 'DS']],
    ['triage', 'hospital', ['DT']],
    ['triage', 'clinic', []],
    ['scheduler', 'hospital', ['DS']],
    ['clinician', 'elsewhere', []],
    ['administrator', 'hospital', []],
  ])('%s at the %s: %j', (role, facility, parties) => {
    expect(partiesOf({ roles: [role], facility, facilities: [facility] }, sides)).toEqual(parties);
  });

  it('a manager acts for a network that holds one of the two facilities', () => {
    expect(partiesOf({ roles: ['manager'], facility: 'network', facilities: ['clinic', 'x'] }, sides)).toEqual(['RG']);
    expect(partiesOf({ roles: ['manager'], facility: 'network', facilities: ['x'] }, sides)).toEqual([]);
  });

  it('a patient acts in the own referral only', () => {
    expect(partiesOf({ roles: ['patient'], patient: 'p1' }, sides)).toEqual(['PT']);
    expect(partiesOf({ roles: ['patient'], patient: 'p2' }, sides)).toEqual([]);
  });

  it('nobody without a facility is on a side, even when the side is unknown', () => {
    expect(partiesOf({ roles: ['clinician'] }, {})).toEqual([]);
  });

  it('a conformance program may be anyone', () => {
    expect(partiesOf({ roles: ['conformance'] }, sides)).toEqual(ALL_PARTIES);
  });

  it('the offices have no part in referrals', () => {
    for (const role of ['statistics', 'approver', 'national', 'privacy', 'administrator'] as const)
      expect(partiesOfRoles([role])).toEqual([]);
  });
});
