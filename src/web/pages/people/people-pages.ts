import type { Page } from '../../page.js';

/** People: find, register, the record. */
export const peoplePages: readonly Page[] = [];
