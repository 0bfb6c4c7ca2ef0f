import { localInstant } from '../seed/history/calendar.js';

/** A moment as tables show it, `2026-03-01 09:15` in Honduras; a date without a time stays as it is. */
export const shortTime = (moment: string): string =>
  moment.includes('T') ? localInstant(Date.parse(moment)).slice(0, 16).replace('T', ' ') : moment;
