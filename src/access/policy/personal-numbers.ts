import { SID } from '../../config/canonical.js';

/**
 * Systems of numbers that one person has, wherever she is treated. By these alone a stranger can be found, and these alone
 * are shown of a stranger: what finds somebody and what is shown may not differ, or "found or not" would answer for the rest.
 */
export const PERSONAL_NUMBERS: ReadonlySet<string> = new Set([SID.dni, SID.pasaporte, SID.temporal]);
