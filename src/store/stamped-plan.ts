import type { AuditRecord } from './audit-record.js';
import type { WritePlan } from './write-plan.js';

/** A plan with the audit records that are written with it. */
export interface StampedPlan {
  readonly plan: WritePlan;
  /** At least one. */
  readonly audit: readonly AuditRecord[];
  /** `performance.now()` at which the write has failed, ms. */
  readonly deadline: number;
}
