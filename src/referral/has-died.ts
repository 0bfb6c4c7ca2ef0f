import type { Patient } from '@medplum/fhirtypes';

/** True when the record says that the person died. */
export const hasDied = ({ deceasedBoolean, deceasedDateTime }: Patient): boolean =>
  deceasedBoolean === true || deceasedDateTime !== undefined;
