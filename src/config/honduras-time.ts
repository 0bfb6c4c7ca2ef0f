/** Time zone of every date that people read. */
export const TIME_ZONE = 'America/Tegucigalpa';

/** Honduras keeps UTC-6 all year (no daylight saving since 2006): what UTC is ahead, ms. */
export const OFFSET_MS = 6 * 3_600_000;

/** Date in Honduras at a moment, `YYYY-MM-DD`. */
export const dateIn = (moment: Date): string => new Date(moment.getTime() - OFFSET_MS).toISOString().slice(0, 10);

/** Moment with the offset of Honduras as FHIR writes it: `2026-03-01T09:15:00-06:00`. */
export const instantIn = (moment: Date): string =>
  `${new Date(moment.getTime() - OFFSET_MS).toISOString().slice(0, 19)}-06:00`;
