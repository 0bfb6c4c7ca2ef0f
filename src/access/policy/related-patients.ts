import type { StoredHead } from '../../store/envelope.js';
import type { Filter } from '../../store/write-plan.js';
import type { Caller } from '../caller.js';

/**
 * Has one of the caller's facilities a relation to the patient that has not ended, from stored facts (registered there,
 * encounter there, referral from or to there)?
 */
export const isRelated = (
  { facilities }: Pick<Caller, 'facilities'>,
  patient: Pick<StoredHead, 'acc' | 'rel'>,
): boolean => {
  const now = Date.now();
  const ended = new Set((patient.rel ?? []).filter(({ u }) => u && u.getTime() < now).map(({ f }) => f));
  const open = new Set((patient.rel ?? []).filter(({ u }) => !u || u.getTime() >= now).map(({ f }) => f));
  return facilities.some((f) => patient.acc.includes(f) && (open.has(f) || !ended.has(f)));
};

/** Patients with a relation to one facility that has not ended. */
const relatedTo = (facility: string, now: Date): Filter => ({
  acc: facility,
  $or: [
    { rel: { $elemMatch: { f: facility, u: { $not: { $lt: now } } } } },
    { rel: { $not: { $elemMatch: { f: facility, u: { $lt: now } } } } },
  ],
});

/**
 * {@link isRelated} as a query. `acc` stands at the top as well: an index begins with it, and `planSearch` takes the order
 * of that index for a caller with few facilities.
 */
export function relatedPatients({ facilities }: Pick<Caller, 'facilities'>): Filter {
  const now = new Date();
  const acc = { acc: { $in: [...facilities] } };
  // MongoDB refuses an empty `$or`.
  return facilities.length === 0 ? acc : { ...acc, $or: facilities.map((facility) => relatedTo(facility, now)) };
}
