import type { Caller } from '../../access/caller.js';

/** A Bundle that is processed later, as it is stored with its job; the Bundle itself is a file. */
export interface BundleTask {
  readonly type: 'batch' | 'transaction';
  readonly caller: Caller;
  readonly ip?: string;
  readonly prefer: string;
  /** Id of the file with the Bundle. */
  readonly bundle: string;
}

/** How far a Bundle has come. */
export interface BundlePosition {
  /** First entry that is not answered yet. */
  readonly next: number;
  /** When the entries behind it were begun, ISO 8601: they may have been carried out without an answer. */
  readonly begun: string;
}
