import { z } from 'zod';
import { ALL_CLOCKS, type Clock, EMERGENCIES, PRIORITIES } from '../clocks.js';
import { ALL_LEVELS } from './levels.js';
import { ALL_UNITS } from './units.js';

const DATE = z.iso.date();
const YEARS = { since: z.int().min(1900).max(2200).optional(), until: z.int().min(1900).max(2200).optional() };
const NAME = z.string().trim().min(1).max(120);
const MONTH_DAY = z.string().regex(/^(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$/);
const TIME = z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/);

/** How a holiday is found in a year; `date` stands for one year alone, with `working` it takes a holiday back. */
const HolidayRule = z.union([
  z.strictObject({ name: NAME, yearly: MONTH_DAY, ...YEARS }),
  /** Days after Easter Sunday; negative before it. */
  z.strictObject({ name: NAME, easter: z.int().min(-60).max(60), ...YEARS }),
  /** The nth weekday (0 is Sunday) of a month, and days after it. */
  z.strictObject({
    name: NAME,
    month: z.int().min(1).max(12),
    nth: z.int().min(1).max(4),
    weekday: z.int().min(0).max(6),
    plus: z.int().min(0).max(6).optional(),
    ...YEARS,
  }),
  z.strictObject({ name: NAME, date: DATE }),
  z.strictObject({ name: NAME, date: DATE, working: z.literal(true) }),
]);
export type HolidayRule = z.infer<typeof HolidayRule>;

const Workday = z
  .strictObject({
    opens: TIME,
    closes: TIME,
    /** 0 is Sunday. */
    weekdays: z.array(z.int().min(0).max(6)).min(1).max(7),
  })
  .refine(({ opens, closes }) => opens < closes, { path: ['closes'], message: 'closes > opens' });
export type Workday = z.infer<typeof Workday>;

const TermRow = z
  .strictObject({
    clock: z.enum(ALL_CLOCKS as [Clock, ...Clock[]]),
    priority: z.enum(PRIORITIES),
    /** Code of the specialty; the row is the default when absent. */
    specialty: z.string().min(1).optional(),
    /** Id of a HealthcareService: only this service of one facility. */
    service: z.string().min(1).max(64).optional(),
    amount: z.int().min(1).max(10_000),
    unit: z.enum(ALL_UNITS),
  })
  .refine(({ priority, unit }) => !EMERGENCIES.has(priority) || unit === 'elapsed-hours', {
    path: ['unit'],
    message: 'stat, asap: elapsed-hours',
  })
  .refine(({ specialty, service }) => specialty === undefined || service === undefined, {
    path: ['service'],
    message: 'specialty | service',
  });
/** Term of one clock by priority and perhaps specialty or service. */
export type TermRow = z.infer<typeof TermRow>;

const EscalationStep = z.strictObject({
  /** Only for this clock; its own steps then replace the general ones. */
  clock: z.enum(ALL_CLOCKS as [Clock, ...Clock[]]).optional(),
  level: z.enum(ALL_LEVELS),
  /** Share of the term by which it must be overdue: 0 as soon as it is, 0.5 when half a term has passed since. */
  share: z.number().min(0).max(20),
});
export type EscalationStep = z.infer<typeof EscalationStep>;

const DAYS = z.int().min(1).max(366);

/** What no term may be stretched beyond by those who work with a referral. */
const Limits = z.strictObject({
  /** How far away the answer may lie that triage asks of the origin, in elapsed days by priority. */
  infoRequestDays: z.strictObject({ routine: DAYS, urgent: DAYS, asap: DAYS, stat: DAYS }),
  /** For how long, in elapsed days and in all, the wish of a patient who is not available may stop the clock of a referral. */
  unavailableDays: DAYS,
});
export type Limits = z.infer<typeof Limits>;

/** What the ministry decides: an edition without its number and without who loaded it. */
export const EditionContent = z.strictObject({
  /** First day in Honduras on which clocks start by it. */
  validFrom: DATE,
  approvedBy: z.string().trim().min(3).max(200),
  note: z.string().trim().max(1_000).optional(),
  terms: z.array(TermRow).min(1).max(5_000),
  limits: Limits,
  workday: Workday,
  holidays: z.array(HolidayRule).max(1_000),
  escalation: z.array(EscalationStep).min(1).max(100),
});
export type EditionContent = z.infer<typeof EditionContent>;

/** One version of the table of deadlines; written once and never changed. */
export interface Edition extends EditionContent {
  /** 1, 2, ... in the order of loading. */
  readonly number: number;
  /** Account that loaded it. */
  readonly by: string;
  readonly at: Date;
}
