import type { TaskInput } from '@medplum/fhirtypes';
import { timelineRow } from '../../../record/timeline-rows.js';
import type { ReferralView } from './referral-view.js';

/** Words of a point of the answer's plan: as written, else what the record calls the thing it points to. */
export function planItemText(view: Pick<ReferralView, 'any'>, { valueString, valueReference }: TaskInput): string {
  if (valueString !== undefined) return valueString;
  const found = view.any(valueReference);
  return valueReference?.display ?? (found && timelineRow(found)?.text) ?? valueReference?.reference ?? '';
}
