import type { Words } from '../../words.js';

/** What can be wrong with an open referral, or with an open notice: nobody would come to it (referral-anchors 2.5, 4.1; LN23:2019 7.2.10 to 7.2.12). */
export const ORPHAN_KINDS = {
  'no-leg': { es: 'ningún establecimiento la tiene', en: 'no facility has it' },
  'several-legs': { es: 'más de un tramo está abierto', en: 'more than one leg is open' },
  'no-state': { es: 'su estado no se conoce', en: 'its state is unknown' },
  'status-pair': { es: 'los estados de orden y tarea no van juntos', en: 'the statuses of order and task do not fit' },
  'no-owner': { es: 'nadie tiene que actuar, o no existe', en: 'nobody has to act, or who has to does not exist' },
  'no-due': { es: 'no tiene plazo', en: 'it has no due date' },
  'no-clock': { es: 'ningún reloj corre', en: 'no clock is running' },
  'no-referral': { es: 'trabajo abierto sin referencia abierta', en: 'open work without an open referral' },
  scalars: { es: 'las listas no dicen lo que dice el recurso', en: 'the lists do not say what the resource says' },
} as const satisfies Record<string, Words>;

export type OrphanKind = keyof typeof ORPHAN_KINDS;

export const ALL_ORPHAN_KINDS = Object.keys(ORPHAN_KINDS) as readonly OrphanKind[];

/** One thing that is wrong with one referral. */
export interface Orphan {
  readonly kind: OrphanKind;
  /** National number; empty when it has none. */
  readonly number: string;
  /** `ServiceRequest/id`. */
  readonly referral: string;
  /** `Task/id` of the leg that it is about. */
  readonly task?: string;
  /** Codes and ids that tell more; no clinical content. */
  readonly detail?: string;
}
