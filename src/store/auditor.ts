import type { AuditDraft, AuditRecord } from './audit-record.js';

/** Writes audit records (design.md 3.8): a write's records in its transaction, a read's by group commit. */
export interface Auditor {
  /** Identity of this process in records and seals. */
  readonly process: string;
  /**
   * Records of reads and refusals: resolves when the record is stored with majority; many callers share one insert.
   * Rejects (ServiceError 503) when it cannot be written: then the answer must not leave.
   */
  record(draft: AuditDraft): Promise<void>;
  /** Makes full records for a transaction; each `stamp` must be followed by `committed` or `aborted`. */
  stamp(drafts: readonly AuditDraft[]): AuditRecord[];
  committed(records: readonly AuditRecord[]): void;
  aborted(records: readonly AuditRecord[]): void;
  /** Writes the open seal and stops the timer. */
  close(): Promise<void>;
}
