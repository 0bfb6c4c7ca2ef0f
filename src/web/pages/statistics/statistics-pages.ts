import type { Page } from '../../page.js';

/** Publications of the ministry, and the public data pages. */
export const statisticsPages: readonly Page[] = [];
