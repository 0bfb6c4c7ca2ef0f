import type { Resource } from '@medplum/fhirtypes';
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

/**
 * What rooms above add to plain FHIR writes (design.md 3a.18): `fhir` knows neither referral nor record;
 * `context.ts` hands their hooks in.
 */
export interface FhirHooks {
  /** Throws when the write means a move of a referral that must go through an operation. */
  guardWrite(intent: WriteIntent): Promise<void>;
  /** Work scalars of a resource that is a leg of a referral. */
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
  readonly version: string;
}
