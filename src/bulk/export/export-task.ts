import type { Caller } from '../../access/caller.js';

/** Whose data an export holds. */
export type ExportLevel = 'system' | 'patient' | 'group';

/** An export as it was asked for, as it is stored with its job: any process can carry it out. */
export interface ExportTask {
  /** Who asked: what an export holds is what this caller could find by search. */
  readonly caller: Caller;
  readonly level: ExportLevel;
  /** Group whose members are exported, in the version that was current at the start. */
  readonly group?: { readonly id: string; readonly version: number };
  /** Resource types, in the order of the walk. */
  readonly types: readonly string[];
  /** Type -> search queries; a resource must match one of them. */
  readonly filters: Readonly<Record<string, readonly string[]>>;
  /** Only what changed later (exclusive), ISO 8601. */
  readonly since?: string;
  /** `transactionTime`: the moment that the export shows, ISO 8601. */
  readonly at: string;
}

/** How far an export has come. */
export interface ExportPosition {
  /** Number of the walk: one for each type, or one through patients. */
  readonly walk: number;
  /** Id behind which it goes on. */
  readonly after?: string;
  /** Within a walk through patients: those whose records are being read, of which type, behind which id. */
  readonly page?: {
    readonly patients: readonly string[];
    readonly related: boolean;
    readonly type: number;
    readonly after?: string;
  };
}
