import type { Resource } from '@medplum/fhirtypes';
import type { Finding } from '../errors.js';
import type { Store } from '../store/store.js';
import type { FoundResource, Work, PatientRelation } from '../store/envelope.js';
import type { Operation } from './operation.js';
import type { FhirRequest } from './exchange.js';
import type { Definitions } from './definitions/definitions.js';
import type { Validator } from './validation/validator.js';

/** What a write is about, as hooks see it. */
export interface WriteIntent {
  readonly interaction: 'create' | 'update' | 'delete';
  readonly type: string;
  readonly before?: { readonly stored: FoundResource; readonly resource: Resource };
  readonly after?: Resource;
  readonly request: FhirRequest;
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
  /** Throws when a write breaks a rule that needs a look into the store: who may write to whom on a referral. */
  checkWrite(context: FhirContext, write: CheckedWrite): Promise<void>;
  /** Warnings about what a write creates, told in its answer (design.md 3a.18, 4b). */
  warnOnCreate(
    context: FhirContext,
    request: FhirRequest,
    created: readonly CreatedResource[],
  ): Promise<readonly CreateWarning[]>;
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
