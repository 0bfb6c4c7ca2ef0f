import { dateIn } from '../../config/honduras-time.js';

/** A calendar month in Honduras: its name `YYYY-MM` and its bounds (`end` is the start of the next one). */
export interface LocalMonth {
  readonly month: string;
  readonly start: Date;
  readonly end: Date;
}

const startOf = (year: number, month: number): Date => new Date(Date.UTC(year, month - 1, 1, 6));

/** The month `YYYY-MM` in Honduras; undefined when there is no such month. */
export function localMonth(text: string): LocalMonth | undefined {
  const [, year, month] = /^(\d{4})-(0[1-9]|1[0-2])$/.exec(text) ?? [];
  if (year === undefined || month === undefined) return undefined;
  return {
    month: text,
    start: startOf(Number(year), Number(month)),
    end: startOf(Number(year), Number(month) + 1),
  };
}

/** The month in Honduras at a moment, `YYYY-MM`. */
export const monthIn = (moment: Date): string => dateIn(moment).slice(0, 7);
