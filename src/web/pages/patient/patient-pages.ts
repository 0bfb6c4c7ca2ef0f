import type { Page } from '../../page.js';

/** What patients see. */
export const patientPages: readonly Page[] = [];
