import { localTarget } from '../../fhir/references.js';
import type { Leg } from '../load-referral.js';
import { isOpenTask } from '../side-tasks.js';
import { isNotice } from '../vocabulary.js';
import { workOf } from '../work-scalars.js';
import { clockFault, scalarsAgree } from './examine-referral.js';
import type { Orphan } from './orphan-kinds.js';

/** A notice as it is stored. */
export type Notice = Leg;

/** True for a notice that somebody has to see to. */
export const isOpenNotice = ({ task }: Notice): boolean => isNotice(task) && isOpenTask(task);

/**
 * Examines one open notice: a facility has to see to it, its term runs, and its scalars put it on that facility's list.
 * Whether the facility exists is for the caller to find out (`owner`, an Organization id).
 */
export function examineNotice(notice: Notice): { readonly owner?: string; readonly orphans: readonly Orphan[] } {
  const { task } = notice;
  const about = {
    number: task.groupIdentifier?.value ?? '',
    referral: task.basedOn?.[0]?.reference ?? '',
    task: `Task/${task.id}`,
  };
  const owner = workOf(task)?.owner;
  const order = localTarget(about.referral);
  const clock = clockFault(task.restriction?.period);
  return {
    ...(owner === undefined ? {} : { owner }),
    orphans: [
      ...(owner === undefined ? [{ ...about, kind: 'no-owner' as const }] : []),
      ...(order?.type === 'ServiceRequest' ? [] : [{ ...about, kind: 'no-referral' as const }]),
      ...(clock === undefined ? [] : [{ ...about, kind: clock }]),
      ...(scalarsAgree(notice) ? [] : [{ ...about, kind: 'scalars' as const }]),
    ],
  };
}
