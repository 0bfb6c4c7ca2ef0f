import type { Parameters } from '@medplum/fhirtypes';
import { isWorklist } from '../../../referral/worklists.js';
import type { PageContext } from '../../page-context.js';
import type { Counts } from './role-lists.js';

/** Counts out of the answer of `$worklists` (design.md 4b); lists that the pages do not know are left out. */
export function countsOf({ parameter = [] }: Parameters): Counts {
  return new Map(
    parameter.flatMap(({ part = [] }) => {
      const name = part.find((one) => one.name === 'name')?.valueCode;
      const count = part.find((one) => one.name === 'count')?.valueInteger;
      return isWorklist(name) && count !== undefined ? [[name, count] as const] : [];
    }),
  );
}

/** How many messages a facility has not read, out of the same answer. */
const unreadOf = ({ parameter = [] }: Parameters): number =>
  parameter.find(({ name }) => name === 'messages')?.part?.find(({ name }) => name === 'count')?.valueInteger ?? 0;

/** What waits in a facility. */
export interface Waiting {
  readonly counts: Counts;
  /** Messages that it has not read. */
  readonly unread: number;
}

/** What waits in a facility (Organization id), as the signed-in person may see it. */
export async function loadWaiting(page: Pick<PageContext, 'fhir'>, facility: string): Promise<Waiting> {
  const { resource } = await page.fhir<Parameters>('GET', `Organization/${facility}/$worklists`);
  return { counts: countsOf(resource), unread: unreadOf(resource) };
}

/** How much waits in each list of a facility (Organization id). */
export const loadCounts = async (page: Pick<PageContext, 'fhir'>, facility: string): Promise<Counts> =>
  (await loadWaiting(page, facility)).counts;
