import { z } from 'zod';
import { readCatalogue } from './read-catalogue.js';

/** One dose of the national schedule. */
export interface ScheduledDose {
  readonly dose: number;
  /** Age in days at which it is due. */
  readonly ageDays: number;
  readonly repeatYears?: number | undefined;
  /** Year in which the dose entered the schedule. */
  readonly fromYear?: number | undefined;
  /** Not confirmed by the immunisation programme yet: shown, never called overdue. */
  readonly toConfirm?: boolean | undefined;
}

/** A vaccine of the national schedule. */
export interface ScheduledVaccine {
  readonly code: string;
  readonly display: string;
  /** Code of the CVX system. */
  readonly cvx: string;
  readonly sex?: 'male' | 'female' | undefined;
  readonly doses: readonly ScheduledDose[];
}

const dose = z.object({
  dose: z.number(),
  ageDays: z.number(),
  repeatYears: z.number().optional(),
  fromYear: z.number().optional(),
  toConfirm: z.boolean().optional(),
});

/** The national vaccination schedule: versioned data, never code (LN of the PAI; `seed/vaccines.json` names its source). */
export const VACCINE_SCHEDULE: {
  readonly version: string;
  readonly cvx: string;
  readonly schedule: readonly ScheduledVaccine[];
} = readCatalogue(
  'vaccines',
  z.object({
    version: z.string(),
    cvx: z.string(),
    schedule: z.array(
      z.object({
        code: z.string(),
        display: z.string(),
        cvx: z.string(),
        sex: z.enum(['male', 'female']).optional(),
        doses: z.array(dose),
      }),
    ),
  }),
);
