import type { Page } from '../../page.js';
import { attachment } from './attachment.js';
import { makeMove, moveForm } from './move-pages.js';
import { moveInQueue, queueForm } from './queue-page.js';
import { referralPage } from './referral-page.js';

/** One referral: its page, its moves, its attachments. */
export const referralPages: readonly Page[] = [referralPage, queueForm, moveInQueue, moveForm, makeMove, attachment];
