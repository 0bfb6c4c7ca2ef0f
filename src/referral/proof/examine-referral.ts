import { isDeepStrictEqual } from 'node:util';
import type { Period, ServiceRequest } from '@medplum/fhirtypes';
import { nationalNumber, previousLegs } from '../legs.js';
import type { Leg } from '../load-referral.js';
import { stateRow } from '../states.js';
import { stateOf } from '../vocabulary.js';
import { workOf } from '../work-scalars.js';
import type { Orphan, OrphanKind } from './orphan-kinds.js';

/** A referral as it is stored: its order, and every leg that points to it. */
export interface StoredReferral {
  readonly order: ServiceRequest & { id: string };
  readonly legs: readonly Leg[];
}

/** What was found of one open referral. */
export interface Examination {
  readonly orphans: readonly Orphan[];
  /** Organization id of the one facility that has to act; whether it exists is for the caller to find out. */
  readonly owner?: string;
  /** The leg that goes on. */
  readonly current?: Leg;
}

/** True when the work scalars of a leg say what its resource says. */
export const scalarsAgree = ({ stored, task }: Leg): boolean => isDeepStrictEqual(stored.w, workOf(task));

const isOpen = ({ task }: Leg): boolean => workOf(task)?.owner !== undefined;

/** Why the period of a leg or notice is no running clock; undefined when it is one. */
export function clockFault(period: Period | undefined): OrphanKind | undefined {
  const [start, end] = [period?.start, period?.end].map((text) => Date.parse(text ?? ''));
  if (end === undefined || Number.isNaN(end)) return 'no-due';
  return start === undefined || Number.isNaN(start) || start > end ? 'no-clock' : undefined;
}

/** What is wrong with the leg that goes on, statuses and clock. */
function faultsOf(order: ServiceRequest, { task }: Leg): { readonly kind: OrphanKind; readonly detail?: string }[] {
  const state = stateOf(task);
  if (!state) return [{ kind: 'no-state', detail: task.businessStatus?.coding?.[0]?.code ?? '' }];
  const row = stateRow(state);
  const pair = row.request === order.status && row.task.includes(task.status);
  const clock = row.clock === undefined ? 'no-clock' : clockFault(task.restriction?.period);
  return [
    ...(pair ? [] : [{ kind: 'status-pair' as const, detail: `${state} ${order.status} ${task.status}` }]),
    ...(workOf(task)?.owner === undefined ? [{ kind: 'no-owner' as const, detail: state }] : []),
    ...(clock === undefined ? [] : [{ kind: clock, detail: state }]),
  ];
}

/**
 * Examines one open referral (an active order of category `referencia`): exactly one leg goes on, its states fit the table, one
 * facility has to act, its clock runs to a due date, and the scalars of all its legs agree with them.
 */
export function examineReferral({ order, legs }: StoredReferral): Examination {
  const about = { number: nationalNumber(order) ?? '', referral: `ServiceRequest/${order.id}` };
  const followed = new Set(legs.flatMap(({ task }) => previousLegs(task)));
  const going = legs.filter(({ task }) => !followed.has(task.id));
  const open = legs.filter(isOpen);
  const lagging = legs
    .filter((leg) => !scalarsAgree(leg))
    .map(({ task }): Orphan => ({ ...about, kind: 'scalars', task: `Task/${task.id}` }));
  const [current] = going;
  if (!current) return { orphans: [{ ...about, kind: 'no-leg' }, ...lagging] };
  const several = going.length > 1 || open.length > 1;
  const faults = several ? [] : faultsOf(order, current);
  const owner = several ? undefined : workOf(current.task)?.owner;
  return {
    current,
    ...(owner === undefined ? {} : { owner }),
    orphans: [
      ...(several
        ? [{ ...about, kind: 'several-legs' as const, detail: going.map(({ task }) => `Task/${task.id}`).join(' ') }]
        : []),
      ...faults.map((fault): Orphan => ({ ...about, ...fault, task: `Task/${current.task.id}` })),
      ...lagging,
    ],
  };
}
