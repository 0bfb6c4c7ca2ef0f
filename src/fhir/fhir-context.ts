import type { OperationOutcome, Resource } from '@medplum/fhirtypes';
import type { Finding } from '../errors.js';
import type { Store } from '../store/store.js';
import type { FoundResource, StoredResource, Work, PatientRelation } from '../store/envelope.js';
import type { Operation } from './operation.js';
import type { FhirRequest } from './exchange.js';
import type { Definitions } from './definitions/definitions.js';
import type { Validator } from './validation/validator.js';
import type { WriteBuilder } from './write-builder.js';

/** What a write is about, as hooks see it. */
export interface WriteIntent {
  readonly interaction: 'create' | 'update' | 'delete';
  readonly type: string;
  readonly before?: { readonly stored: FoundResource; readonly resource: Resource };
  readonly after?: Resource;
  readonly request: FhirRequest;
}

/** How a write that means a move is to be stored. */
export interface StoringOptions {
  /** Id for a new resource, already allowed; the server's own when absent. */
  readonly id?: string;
  /** Version that the write replaces, which may be a deletion. */
  readonly replaces?: FoundResource;
  /** What else belongs into the plan, when the resource has its id. */
  readonly join?: (builder: WriteBuilder, reference: string) => void;
}

/** What became of a write that meant a move: the resource as stored, and what there is to say. */
export interface MovedWrite {
  readonly stored: StoredResource;
  readonly outcome?: OperationOutcome;
}

/** One write of a plan that was validated, as hooks see it. */
export interface CheckedWrite {
  readonly type: string;
  /** Version that it replaces. */
  readonly before?: FoundResource;
  /** Absent for a deletion. */
  readonly after?: Resource;
  readonly request: FhirRequest;
}

/** Something that a request is about to create. */
export interface CreatedResource {
  readonly resource: Resource & { readonly id: string };
  /** Patient id, when it belongs to a patient's compartment. */
  readonly patient?: string;
}

/** What a caller should know about something just created; never a reason to refuse it. */
export interface CreateWarning {
  /** `Type/id` of what was created. */
  readonly about: string;
  /** Patient id. */
  readonly patient: string;
  readonly finding: Finding;
  /** What makes it worth saying: `Type/id` that the caller may read. */
  readonly link: { readonly rel: string; readonly reference: string };
}

/**
 * What rooms above add to plain FHIR writes (design.md 3a.18): `fhir` knows neither referral nor record;
 * `context.ts` hands their hooks in.
 */
export interface FhirHooks {
  /** Throws when the write means a move of a referral that must go through an operation. */
  guardWrite(intent: WriteIntent): Promise<void>;
  /**
   * Carries out the move that a plain write means and stores what was written with it; undefined when it means none.
   * Throws what the move throws.
   */
  moveByWrite(context: FhirContext, intent: WriteIntent, options: StoringOptions): Promise<MovedWrite | undefined>;
  /** Does a write mean a move? For those that cannot carry one (transactions). */
  meansMove(context: FhirContext, intent: WriteIntent): Promise<boolean>;
  /** Throws when a write breaks a rule that needs a look into the store: who may write to whom on a referral. */
  checkWrite(context: FhirContext, write: CheckedWrite): Promise<void>;
  /** Warnings about what a write creates, told in its answer (design.md 3a.18, 4b). */
  warnOnCreate(
    context: FhirContext,
    request: FhirRequest,
    created: readonly CreatedResource[],
  ): Promise<readonly CreateWarning[]>;
  /** Adds to a plan, just before it commits, what must happen in the same transaction. */
  beforeCommit(builder: WriteBuilder): Promise<void>;
  /** Work scalars of a resource that is a leg of a referral, or a message that waits for its reader. */
  workOf(resource: Resource): Work | undefined;
  /** Relations between a facility and a patient that this resource establishes. */
  relationsOf(resource: Resource): readonly PatientRelation[];
}

/** All that FHIR interactions and operations need; built once in `src/context.ts`. */
export interface FhirContext {
  readonly store: Store;
  readonly definitions: Definitions;
  readonly validator: Validator;
  readonly hooks: FhirHooks;
  readonly operations: readonly Operation[];
  /** `PUBLIC_URL/fhir`, no slash at the end. */
  readonly baseUrl: string;
  /** Secret for signed cursors. */
  readonly cursorSecret: string;
  /** Secret of what is printed for patients: PINs, hashes of activation codes. */
  readonly paperSecret: string;
  readonly version: string;
  /** `warn`: a reference to something that is not here is told and kept; refused otherwise. */
  readonly references?: 'strict' | 'warn';
}
