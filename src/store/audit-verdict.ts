/** What can be wrong with the trail. */
export type AuditFault =
  | 'record-altered' // its hash is not the one in its seal
  | 'record-missing' // a seal names it, the collection does not have it
  | 'record-extra' // it is in no seal although its process has sealed or ended since
  | 'seal-altered' // its fields do not give its hash, or another seal knows it by a different one
  | 'seal-missing' // a gap in a chain, or another process has seen a seal that is not there
  | 'chain-broken'; // it does not continue the seal before it

/** One bad record or seal. */
export interface AuditFinding {
  readonly fault: AuditFault;
  /** Id of the record, or `<process>/<seq>` of the seal. */
  readonly id: string;
  readonly process: string;
  /** Number of the record or seal within its process. */
  readonly number?: number;
  /** When it was written, where that is known. */
  readonly at?: Date;
}

/** Result of a verification of the whole trail. */
export interface AuditVerdict {
  readonly ok: boolean;
  /** The earliest finding. */
  readonly first?: AuditFinding;
  /** Findings by time, up to a limit. */
  readonly findings: readonly AuditFinding[];
  readonly processes: number;
  readonly seals: number;
  /** Records found as sealed. */
  readonly records: number;
  /** Records among them that were sealed after a crash. */
  readonly recovered: number;
  /** Records that a process left without a seal when it stopped without a clean end. */
  readonly unsealed: number;
  /** Records of living processes whose seal is due within seconds. */
  readonly pending: number;
}

/** Collects findings up to a limit; the verification stops looking further when it is full. */
export class Findings {
  readonly #list: AuditFinding[] = [];
  readonly #most: number;

  constructor(most: number) {
    this.#most = most;
  }

  get full(): boolean {
    return this.#list.length >= this.#most;
  }

  add(finding: AuditFinding): void {
    if (!this.full) this.#list.push(finding);
  }

  /** By time; those of unknown time last. */
  sorted(): AuditFinding[] {
    const time = ({ at }: AuditFinding): number => at?.getTime() ?? Number.MAX_SAFE_INTEGER;
    return [...this.#list].sort((a, b) => time(a) - time(b));
  }
}

/** Time inside a UUID v7 (RFC 9562, 5.7): there also for a record that is gone. */
export function timeOfId(id: string): Date | undefined {
  const hex = id.replaceAll('-', '').slice(0, 12);
  return /^[0-9a-f]{12}$/.test(hex) ? new Date(Number.parseInt(hex, 16)) : undefined;
}
