import type { Finding } from '../errors.js';
import type { AskedMove } from './ask-move.js';
import { isByPatient } from './patient-moves.js';

/** Party to which a reason belongs (property `party` of the code system `cancel-reason`): the first word of its code. */
export type CancelParty = 'patient' | 'provider' | 'other';

export const cancelParty = (code: string | undefined): CancelParty | undefined =>
  (['patient', 'provider', 'other'] as const).find((party) => code === party || code?.startsWith(`${party}-`));

/**
 * Finding of 422 when the patient gives a reason of the facility. The facility may give each: it writes down what the patient
 * told it by phone.
 */
export function checkReason(asked: Pick<AskedMove, 'parties' | 'values'>): readonly Finding[] {
  if (!isByPatient(asked) || cancelParty(asked.values.code('reason')) !== 'provider') return [];
  const params = {
    es: 'Ese motivo es del establecimiento: elija uno del paciente u otro.',
    en: 'That reason is of the facility: choose one of the patient or another.',
  };
  return [{ code: 'rule-broken', params, expression: 'reason' }];
}
