import type { Page } from '../../page.js';
import { referralForm, sendForm } from './referral-form.js';
import { sentPage } from './sent-page.js';
import { sheetFile, sheetPage } from './sheet-page.js';

/** Writing a referral: the form HC-10, what was sent, its printed sheet. */
export const hc10Pages: readonly Page[] = [referralForm, sendForm, sentPage, sheetPage, sheetFile];
