import type { Task } from '@medplum/fhirtypes';

export type Priority = NonNullable<Task['priority']>;

const HOUR = 3_600_000;
const DAY = 24;

/**
 * Clocks: hours that the state may last, by priority, in elapsed time. The ministry has published no deadlines yet
 * (LN23:2019 section 7.2.12 only asks for a monthly review), so these are working values to be confirmed;
 * this table is the only place they are written.
 */
export const CLOCKS = {
  receipt: { routine: 3 * DAY, urgent: DAY, asap: 4, stat: 1 },
  triage: { routine: 7 * DAY, urgent: 2 * DAY, asap: 8, stat: 1 },
  'origin-reply': { routine: 14 * DAY, urgent: 5 * DAY, asap: DAY, stat: 4 },
  booking: { routine: 40 * DAY, urgent: 10 * DAY, asap: 2 * DAY, stat: 4 },
  visit: { routine: 90 * DAY, urgent: 30 * DAY, asap: 3 * DAY, stat: 12 },
  arrival: { routine: DAY, urgent: DAY, asap: DAY, stat: 12 },
  rebooking: { routine: 14 * DAY, urgent: 5 * DAY, asap: DAY, stat: 12 },
  'start-of-care': { routine: 12, urgent: 6, asap: 2, stat: 1 },
  answer: { routine: 14 * DAY, urgent: 7 * DAY, asap: 3 * DAY, stat: 3 * DAY },
  acknowledgement: { routine: 7 * DAY, urgent: 3 * DAY, asap: 2 * DAY, stat: 2 * DAY },
  'origin-decision': { routine: 7 * DAY, urgent: 2 * DAY, asap: 8, stat: 4 },
  'destination-reply': { routine: 3 * DAY, urgent: DAY, asap: 8, stat: 4 },
  'follow-up': { routine: 90 * DAY, urgent: 30 * DAY, asap: 30 * DAY, stat: 30 * DAY },
} as const satisfies Record<string, Record<Priority, number>>;

export type Clock = keyof typeof CLOCKS;

/** Moment at which a clock that starts now runs out. */
export const dueAt = (clock: Clock, priority: Priority, start: Date): Date =>
  new Date(start.getTime() + CLOCKS[clock][priority] * HOUR);
