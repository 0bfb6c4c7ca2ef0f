import type { Page } from '../../page.js';

/** One referral: its page, its moves. */
export const referralPages: readonly Page[] = [];
