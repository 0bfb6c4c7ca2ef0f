import type { Task } from '@medplum/fhirtypes';
import type { MoveName } from '../../../referral/moves.js';

/** What decides from when on somebody can have failed to come or to answer. */
interface Awaited {
  readonly leg: Pick<Task, 'restriction'> | undefined;
  /** Start of the appointment in force, FHIR instant. */
  readonly visit?: string | undefined;
}

const termOf = ({ leg }: Awaited): string | undefined => leg?.restriction?.period?.end;

/** Moves that say that something did not happen -> the moment until which it still may. */
const AWAITED: Partial<Record<MoveName, (awaited: Awaited) => string | undefined>> = {
  'no-show': ({ visit }) => visit,
  'not-arrived': termOf,
  'no-response': termOf,
};

/** True for a move that would be refused now because what it denies may still happen: no button leads to it yet. */
export function isNotYet(move: MoveName, awaited: Awaited, now: Date): boolean {
  const from = AWAITED[move]?.(awaited);
  return from !== undefined && new Date(from) > now;
}
