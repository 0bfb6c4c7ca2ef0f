import type { Task } from '@medplum/fhirtypes';
import { dueOf } from '../../../referral/follow-up/item-tasks.js';
import type { ReferralView } from './referral-view.js';

/** Dated points of the plan of the newest follow-up, by their day. */
export function datedItems(view: Pick<ReferralView, 'sideTasks'>): readonly (Task & { readonly id: string })[] {
  const parent = view.sideTasks('follow-up').at(-1);
  return view
    .sideTasks('follow-up-item')
    .filter(({ partOf }) => partOf?.some(({ reference }) => reference === `Task/${parent?.id ?? ''}`))
    .sort((a, b) => (dueOf(a) < dueOf(b) ? -1 : 1));
}
