import { dateIn } from '../../src/config/honduras-time.js';

/** The day in Honduras so many days from now, `YYYY-MM-DD`: rules that look at the clock hold on whatever day a test runs. */
export const dayAhead = (days: number): string => dateIn(new Date(Date.now() + days * 86_400_000));

/** A moment of that day, `time` as `HH:MM`. */
export const momentAhead = (days: number, time: string): string => `${dayAhead(days)}T${time}:00-06:00`;
