import type { Coding } from '@medplum/fhirtypes';

const DICOM = 'http://dicom.nema.org/resources/ontology/DCM';

/** A code of DICOM PS3.16, context group of audit events. */
export const dicom = (code: string, display: string): Coding => ({ system: DICOM, code, display });

const AUTHENTICATION = dicom('110114', 'User Authentication');
const LOGIN = dicom('110122', 'Login');

/** Events without a FHIR address that DICOM PS3.15 A.5.3 has words for, by `AuditRecord.sub`. */
export const DICOM_EVENTS: Readonly<Record<string, { readonly type: Coding; readonly subtype: Coding }>> = {
  token: { type: AUTHENTICATION, subtype: LOGIN },
  'sign-in': { type: AUTHENTICATION, subtype: LOGIN },
  'sign-out': { type: AUTHENTICATION, subtype: dicom('110123', 'Logout') },
  'change-password': {
    type: dicom('110113', 'Security Alert'),
    subtype: dicom('110137', 'User security Attributes Changed'),
  },
};
