import type { Page } from '../../page.js';
import { attachment } from './attachment.js';
import { completePage } from './complete-page.js';
import { completePoint } from './dated-item-page.js';
import { messagesRead, sendMessage } from './message-pages.js';
import { makeMove, moveForm } from './move-pages.js';
import { completeNoticePage } from './notice-page.js';
import { moveInQueue, queueForm } from './queue-page.js';
import { referralPage } from './referral-page.js';
import { reopenForm, reopenReferral } from './reopen-page.js';

/** One referral: its page, its messages, the points of its plan, its place in the queue, a new one in its place, its moves, its attachments. A move takes any word, so it comes last. */
export const referralPages: readonly Page[] = [
  referralPage,
  sendMessage,
  messagesRead,
  completePoint,
  completeNoticePage,
  attachment,
  completePage,
  queueForm,
  moveInQueue,
  reopenForm,
  reopenReferral,
  moveForm,
  makeMove,
];
