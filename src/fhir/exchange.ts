import type { OperationOutcome, Resource } from '@medplum/fhirtypes';
import type { Caller } from '../access/caller.js';

/** A FHIR request, free of the web framework. */
export interface FhirRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE' | 'PATCH';
  /** X-Request-Id: given by the client when well-formed, else made here. */
  readonly id: string;
  readonly caller: Caller;
  readonly ip?: string;
  readonly type?: string;
  readonly resourceId?: string;
  readonly versionId?: string;
  /** Operation name without `$`. */
  readonly operation?: string;
  /** Query parameters in the order of the URL, decoded. */
  readonly query: readonly (readonly [string, string])[];
  /** Parsed body; numbers that JavaScript would change are kept as written (see `src/fhir/exact-json.ts`). */
  readonly body?: Resource;
  /** Text of a JSON Patch; a FHIRPath Patch is a Parameters resource in `body`. */
  readonly jsonPatch?: string;
  readonly ifMatch?: string;
  readonly ifNoneExist?: string;
  /** If-None-Match of a write; that of a read is answered from the headers of its answer. */
  readonly ifNoneMatch?: string;
  /** Idempotency-Key of a create. */
  readonly idempotencyKey?: string;
  /** X-Provenance of a write: a Provenance as JSON text (R4 http.html 3.1.0.1, provenance.html 6.3.5). */
  readonly provenance?: string;
  readonly prefer?: string;
  /** Ends when the client leaves. */
  readonly signal?: AbortSignal;
}

/** The answer; `body` is JSON text ready to send. */
export interface FhirResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  /** What there is to say beside the resource: an entry of a batch carries it in `response.outcome`. */
  readonly outcome?: OperationOutcome;
}
