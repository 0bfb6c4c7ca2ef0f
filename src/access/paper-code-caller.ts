import type { Caller } from './caller.js';
import { ROLE_PROFILES } from './role-profile.js';

/**
 * Whoever asks without a token: holds, or says to hold, the sheet of a referral. No account; the policy lets this role
 * do `$track` and nothing else.
 */
export const PAPER_CODE_CALLER: Caller = {
  sub: 'paper-code',
  clientId: 'paper-code',
  role: 'paper-code',
  actsAs: ['paper-code'],
  facilities: [],
  scope: ROLE_PROFILES['paper-code'].scope,
  purpose: ROLE_PROFILES['paper-code'].purpose,
  displayName: 'Hoja de referencia / Referral sheet',
};

/** The same for somebody who proved to hold the sheet of this referral. @param referral ServiceRequest id */
export const paperCodeCaller = (referral: string): Caller => ({ ...PAPER_CODE_CALLER, referral });
