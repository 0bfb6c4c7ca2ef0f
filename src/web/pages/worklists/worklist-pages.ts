import type { Page } from '../../page.js';

/** Lists of work of a facility. */
export const worklistPages: readonly Page[] = [];
