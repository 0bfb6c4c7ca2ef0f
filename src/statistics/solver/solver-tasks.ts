import { type AuditInput, type AuditReport, auditRelease } from '../audit/audit-release.js';
import { type ProtectOptions, protectCounts } from '../protect/protect-counts.js';
import { type PublishedCounts, RawCounts, type TablePlan } from '../table-types.js';

/** Counts as they travel to the solver's thread. */
export interface ProtectTask {
  readonly plan: TablePlan;
  readonly counts: readonly (readonly [key: string, count: number])[];
  readonly options: ProtectOptions;
}

/** Work that holds a processor for many seconds, by name. Everything in and out can be cloned between threads. */
export const SOLVER_TASKS = {
  protect: ({ plan, counts, options }: ProtectTask): Promise<PublishedCounts> =>
    protectCounts(plan, new RawCounts(counts), options),
  audit: (input: AuditInput): Promise<AuditReport> => auditRelease(input),
} as const;

export type SolverTask = keyof typeof SOLVER_TASKS;
export type TaskInput<T extends SolverTask> = Parameters<(typeof SOLVER_TASKS)[T]>[0];
export type TaskOutput<T extends SolverTask> = Awaited<ReturnType<(typeof SOLVER_TASKS)[T]>>;
