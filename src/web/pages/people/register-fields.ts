import type { Choice } from '../../components/select.js';
import type { FormFields } from '../../form-fields.js';

/** One choice that says yes. */
export const yesChoice = (text: string): readonly Choice[] => [{ value: 'si', text }];

/** The same fields of one form, with the value and the mistake of each. */
export interface FieldValues {
  readonly form: FormFields;
  readonly errorOf: (field: string) => string | undefined;
}
