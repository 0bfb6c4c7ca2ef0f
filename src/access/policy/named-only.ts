import type { Filter } from '../../store/write-plan.js';
import type { Caller } from '../caller.js';
import type { Reach } from './policy-table.js';

/** Types that only those see whom a resource names: a relation to the patient does not open what others write each other. */
const NAMED_ONLY: ReadonlySet<string> = new Set(['Communication']);

/** Types that only the account sees that wrote them: they hold its secrets, which other software of the facility has no use for. */
const OWN_ONLY: ReadonlySet<string> = new Set(['Subscription']);

export const isOwnOnly = (type: string): boolean => OWN_ONLY.has(type);

/** How `acc` of the envelope names the account that wrote a resource of those types. */
export const accountKey = (account: string): string => `account:${account}`;

/** Filter of what the caller wrote. */
export const ownFilter = ({ sub }: Pick<Caller, 'sub'>): Filter => ({ acc: accountKey(sub) });

export const isNamedOnly = (type: string): boolean => NAMED_ONLY.has(type);

/** How `acc` of the envelope names a person to whom a message goes; facilities stand there by their Organization id. */
export const addresseeKey = (patient: string): string => `Patient/${patient}`;

/** Under which names the caller is found in `acc`. */
const ownNames = ({ facilities, patient }: Caller, reach: Exclude<Reach, 'all'>): readonly string[] => {
  if (reach === 'facility') return facilities;
  return patient === undefined ? [] : [addresseeKey(patient)];
};

/** Filter of what names the caller, for types that are seen so. */
export const namedFilter = (caller: Caller, reach: Reach): Filter =>
  reach === 'all' ? {} : { acc: { $in: [...ownNames(caller, reach)] } };

/** {@link namedFilter} for one envelope. */
export const isNamed = (caller: Caller, reach: Reach, acc: readonly string[]): boolean =>
  reach === 'all' || ownNames(caller, reach).some((name) => acc.includes(name));
