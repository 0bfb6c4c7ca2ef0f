import type { Resource } from '@medplum/fhirtypes';
import type { Finding } from '../../errors.js';
import type { FoundReference } from '../../fhir/references.js';
import type { PatientRelation, StoredResource } from '../../store/envelope.js';
import type { Claim } from '../../store/write-plan.js';

/** Where a line stands. */
export interface LinePlace {
  /** Id of the file. */
  readonly file: string;
  readonly line: number;
}

/** A line that cannot become a record, and why. */
export interface Reject extends LinePlace {
  readonly type?: string;
  readonly id?: string;
  readonly findings: readonly Finding[];
}

/** A valid line, as it will be stored; whether it may be stored depends on what else there is. */
export interface Candidate extends LinePlace {
  /** The line itself, to be put aside. */
  readonly text: string;
  readonly type: string;
  /** `Type/id`. */
  readonly ref: string;
  readonly resource: Resource & { readonly id: string };
  readonly doc: StoredResource;
  readonly claims: readonly Claim[];
  /** References to resources of this service: `Type/id` -> where it stands. */
  readonly targets: ReadonlyMap<string, FoundReference>;
  /** Relations that it gives to facilities. */
  readonly relations: readonly PatientRelation[];
}

export const isCandidate = (checked: Candidate | Reject): checked is Candidate => !('findings' in checked);

export const isReject = (checked: Candidate | Reject): checked is Reject => 'findings' in checked;

export const rejectOf = ({ file, line, type, doc }: Candidate, finding: Finding): Reject => ({
  file,
  line,
  type,
  id: doc._id,
  findings: [finding],
});
