import type { Words } from '../words.js';
import type { Observation, SeenReferral, SeenRequest } from './observation.js';
import type { Verdict } from './requirement.js';

/** How a requirement came out of what was seen. */
export interface Judgement {
  readonly verdict: Verdict;
  readonly why?: Words;
}

const MOST_TOLD = 3;

/** Nothing to judge by: not seen. Else met, unless something speaks against it; the first few are told. */
export function judge<T>(items: readonly T[], nothing: Words, against: (item: T) => Words | undefined): Judgement {
  if (items.length === 0) return { verdict: 'not-seen', why: nothing };
  const faults = items.flatMap((item) => against(item) ?? []);
  if (faults.length === 0) return { verdict: 'met' };
  const told = faults.slice(0, MOST_TOLD);
  const more = faults.length > MOST_TOLD ? ` (+${faults.length - MOST_TOLD})` : '';
  return {
    verdict: 'not-met',
    why: { es: told.map(({ es }) => es).join('; ') + more, en: told.map(({ en }) => en).join('; ') + more },
  };
}

/** First time of a move of a referral, by one side; undefined when it was not made. */
export const timeOf = ({ moves }: SeenReferral, own: boolean, ...names: readonly string[]): string | undefined =>
  moves.find((one) => one.own === own && (names.length === 0 || names.includes(one.move)))?.at;

export const didMove = (referral: SeenReferral, ...names: readonly string[]): boolean =>
  timeOf(referral, true, ...names) !== undefined;

const READS: ReadonlySet<string> = new Set([
  'read',
  'vread',
  'search-type',
  'search-system',
  'history-instance',
  'history-type',
  'history-system',
]);
const isRead = ({ codes, refused }: SeenRequest): boolean =>
  !refused && codes.some((code) => READS.has(code) || READING_OPERATIONS.has(code));
const READING_OPERATIONS: ReadonlySet<string> = new Set([
  '$available-actions',
  '$referral',
  '$worklist',
  '$everything',
  '$timeline',
  '$document',
]);

/** Did the client read one of these after a moment? */
export const looked = ({ requests }: Observation, after: string, about: readonly string[]): boolean =>
  requests.some((one) => isRead(one) && one.at >= after && about.some((name) => one.about.includes(name)));

/** Referrals in which the watched facility is on a side: the origin asks, the destination owns a leg. */
export const onSide = (
  { organization, referrals }: Observation,
  side: 'requester' | 'owner',
): readonly SeenReferral[] =>
  referrals.filter(({ legs }) => legs.some((leg) => leg[side]?.reference === `Organization/${organization}`));

/** Was a resource created by the watched client? */
export const wrote = ({ requests }: Observation, name: string): boolean =>
  requests.some((one) => !one.refused && !isRead(one) && one.about.includes(name));

/** A referral in a report: the origin's own number, which holds nothing of the patient. */
export const named = ({ placer, order }: SeenReferral): string => placer || order.id;
