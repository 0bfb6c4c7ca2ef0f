import type { Extension, Task } from '@medplum/fhirtypes';
import { extensionUrl } from '../config/canonical.js';
import type { Work } from '../store/envelope.js';
import type { FieldRow } from './field.js';
import type { ReferralState } from './states.js';
import { objectsIn } from './untrusted.js';

/** States in which a referral waits for an appointment: those of the waiting list. */
export const QUEUE_STATES: readonly ReferralState[] = ['accepted-waiting', 'no-show', 'appointment-cancelled'];

export const isQueued = (state: ReferralState): boolean => QUEUE_STATES.includes(state);

/** Where somebody may put a referral by hand, among those of its own clinical priority (code system `queue-move`). */
export const QUEUE_MOVES = {
  forward: { es: 'Al principio de su prioridad', en: 'To the front of its priority', place: '0' },
  backward: { es: 'Al final de su prioridad', en: 'To the end of its priority', place: '2' },
  normal: { es: 'Al lugar que le toca', en: 'To the place that is its turn', place: '1' },
} as const satisfies Record<string, { readonly es: string; readonly en: string; readonly place: Work['place'] }>;

export type QueueMove = keyof typeof QUEUE_MOVES;

export const ALL_QUEUE_MOVES = Object.keys(QUEUE_MOVES) as readonly QueueMove[];

export const isQueueMove = (text: string | undefined): text is QueueMove =>
  text !== undefined && Object.hasOwn(QUEUE_MOVES, text);

/**
 * The operation that moves a referral by hand in the waiting list. It is no move of the state table: the state stays.
 * It must name who does it and why (referral-anchors 2.5, 4.7).
 */
export const QUEUE_OPERATION = {
  name: 'move-in-queue',
  es: 'mover en la fila',
  en: 'move in the queue',
  fields: [
    { name: 'direction', kinds: ['coded'], required: true, oneOf: ALL_QUEUE_MOVES },
    { name: 'reason', kinds: ['string'], required: true },
  ],
} as const satisfies { name: string; es: string; en: string; fields: readonly FieldRow[] };

const URL = extensionUrl('queue-move');

/** One move by hand, as the leg keeps it. */
export interface QueueJump {
  /** FHIR dateTime. */
  readonly at: string;
  readonly direction: QueueMove;
  readonly reason: string;
  /** PractitionerRole, or whoever acted. */
  readonly who?: Extension['valueReference'];
}

/** A move by hand as an extension of the leg. */
export const jumpExtension = ({ at, direction, reason, who }: QueueJump): Extension => ({
  url: URL,
  extension: [
    { url: 'time', valueDateTime: at },
    { url: 'direction', valueCode: direction },
    { url: 'reason', valueString: reason },
    ...(who ? [{ url: 'who', valueReference: who }] : []),
  ],
});

/** Moves by hand of a leg, oldest first; a new leg has none. */
export const jumpsOf = ({ extension }: Pick<Task, 'extension'>): readonly QueueJump[] =>
  objectsIn(extension)
    .filter(({ url }) => url === URL)
    .flatMap(({ extension: parts }): QueueJump[] => {
      const part = (name: string): Extension | undefined => objectsIn(parts).find(({ url }) => url === name);
      const direction = part('direction')?.valueCode;
      const [at, who] = [part('time')?.valueDateTime, part('who')?.valueReference];
      if (!isQueueMove(direction) || at === undefined) return [];
      return [{ at, direction, reason: part('reason')?.valueString ?? '', ...(who ? { who } : {}) }];
    });

/** Place of a leg among those of its priority: that of the last move by hand. */
export function placeOf(task: Pick<Task, 'extension'>): Work['place'] {
  const last = jumpsOf(task).at(-1);
  return last ? QUEUE_MOVES[last.direction].place : '1';
}
