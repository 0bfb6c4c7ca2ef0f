import type { FhirContext } from './fhir-context.js';
import type { FhirRequest, FhirResponse } from './exchange.js';

/** One input of an operation, for its definition. */
export interface OperationInput {
  readonly name: string;
  readonly required: boolean;
  readonly repeats: boolean;
  /** FHIR type; absent for an input with parts. */
  readonly type?: string;
  readonly parts?: readonly OperationInput[];
}

/** An operation of the API: one row gives the route, the policy key and the CapabilityStatement entry. */
export interface Operation {
  /** Name without `$`, for example `accept`. */
  readonly name: string;
  /** Canonical URL of its definition. */
  readonly definition: string;
  readonly level: 'system' | 'type' | 'instance';
  /** Resource type; absent at system level. */
  readonly type?: string;
  readonly method: 'GET' | 'POST';
  /** Resource type under which the access policy judges an operation at system level; Organization when absent. */
  readonly judgedAs?: string;
  /** True when it changes data. */
  readonly affectsState: boolean;
  /** True when it changes data and is no move of a referral: the policy knows it by its own name. */
  readonly ownRow?: true;
  /** True when it answers 201 with the place of what it made, and 200 when it was made before. */
  readonly creates?: true;
  /** True when it may be asked without a token (design.md 3a.11); the caller is then `PAPER_CODE_CALLER`. */
  readonly withoutToken?: true;
  /** True when it answers 202 with the address of a job, and needs `Prefer: respond-async`. */
  readonly answersLater?: true;
  /** What it takes, where its definition says so. */
  readonly inputs?: readonly OperationInput[];
  /** One sentence in Spanish, for the documentation. */
  readonly purpose: string;
  readonly handle: (context: FhirContext, request: FhirRequest) => Promise<FhirResponse>;
}
