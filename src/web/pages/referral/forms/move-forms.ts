import type { OfferedMove } from '../../../texts/referral-moves.js';
import { APPOINTMENT_FORMS } from './appointment-forms.js';
import { CARE_FORMS } from './care-forms.js';
import type { MoveForm } from './move-form.js';
import { ORIGIN_FORMS } from './origin-forms.js';
import { TRIAGE_FORMS } from './triage-forms.js';

/** The form of every move that the pages offer: how the fields of the table of moves are asked for. */
export const MOVE_FORMS: Readonly<Record<OfferedMove, MoveForm>> = {
  ...ORIGIN_FORMS,
  ...TRIAGE_FORMS,
  ...APPOINTMENT_FORMS,
  ...CARE_FORMS,
};
