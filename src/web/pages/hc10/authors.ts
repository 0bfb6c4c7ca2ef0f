import type { Role } from '../../../access/caller.js';

/** Who may write a referral: party OC of src/referral/parties.ts. */
export const AUTHORS: readonly Role[] = ['clinician', 'nurse', 'specialist'];
