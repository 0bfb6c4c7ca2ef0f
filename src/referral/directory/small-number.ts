/**
 * Least number that is shown of a service: what fewer people are behind could tell of one of them, and says little about
 * the service (the counts that statistics hide too: src/statistics/threshold.ts).
 */
export const LEAST_SHOWN = 6;
