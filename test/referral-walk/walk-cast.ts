import { readDemoAccounts } from '../../src/access/accounts.js';
import type { Role } from '../../src/access/caller.js';
import type { Actor } from '../../src/referral/parties.js';
import { organizationByAlias } from '../../src/seed/find-facility.js';

/** Somebody who may try a move: the account and what the tables know of it. */
export interface CastMember {
  readonly account: string;
  readonly actor: Actor;
}

export const ORIGINS = ['uaps1', 'uaps2'] as const;
export const DESTINATIONS = ['hosp1', 'hosp2', 'hosp3'] as const;

export const facilityId = (alias: string): string => organizationByAlias(alias)?.id ?? '';

const FACILITIES: ReadonlySet<string> = new Set([...ORIGINS, ...DESTINATIONS]);

/** People of the demonstration who work at these facilities, the network's manager, and two who never move anything. */
export async function walkCast(): Promise<readonly CastMember[]> {
  const accounts = await readDemoAccounts();
  return accounts.flatMap(({ name, kind, role, facility, alsoAt }): CastMember[] => {
    if (kind !== 'person' || alsoAt !== undefined) return [];
    if (facility === undefined) return ['statistics', 'privacy'].includes(role) ? [member(name, role)] : [];
    if (role === 'manager') return [member(name, role, undefined, organizationByAlias(facility)?.members)];
    return FACILITIES.has(facility) ? [member(name, role, facilityId(facility))] : [];
  });
}

const member = (
  account: string,
  role: Role,
  facility?: string,
  facilities: readonly string[] = facility === undefined ? [] : [facility],
): CastMember => ({
  account,
  actor: { roles: [role], facilities, ...(facility === undefined ? {} : { facility }) },
});
