/** Compact audit record; served as an IHE BALP shaped AuditEvent (design.md 3.8). Append-only. */
export interface AuditRecord {
  /** UUID v7: the id of the AuditEvent. */
  readonly _id: string;
  /** Process that wrote it. */
  readonly p: string;
  /** Number within the process; numbers of aborted writes stay unused. */
  readonly n: number;
  readonly at: Date;
  /** CRUDE action code. */
  readonly act: 'C' | 'R' | 'U' | 'D' | 'E';
  /** FHIR interaction code or operation name: `read`, `search-type`, `create`, `$accept`, `token`. */
  readonly sub: string;
  /** AuditEvent.outcome: 0 success, 4 minor failure (refused), 8 serious failure. */
  readonly out: '0' | '4' | '8';
  /** Account or client that acted. */
  readonly who: string;
  readonly rol: string;
  /** Organization id the caller acted for. */
  readonly fac?: string;
  /** OAuth client. */
  readonly cli: string;
  /** PractitionerRole a system named as the acting person. */
  readonly for?: string;
  /** Patient ids concerned. */
  readonly pt: readonly string[];
  /** `Type/id` or `Type/id/_history/version` of what was touched (search: what was returned). */
  readonly ent: readonly string[];
  /** Query text of a search. */
  readonly q?: string;
  /** X-Request-Id. */
  readonly req: string;
  readonly ip?: string;
  /** v3 ActReason purpose of use, TREAT unless said. */
  readonly pou: string;
  /** Further details, for example from and to state of a move, reason of a refusal. */
  readonly det?: Readonly<Record<string, string>>;
}

/** What a caller of the auditor gives; the auditor adds id, process, number and time. */
export type AuditDraft = Omit<AuditRecord, '_id' | 'p' | 'n' | 'at'>;
