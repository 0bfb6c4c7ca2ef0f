import type { Page } from '../../page.js';

/** Form HC-10: writing, sending, printing. */
export const hc10Pages: readonly Page[] = [];
