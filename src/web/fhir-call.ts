import type { OperationOutcome, Resource } from '@medplum/fhirtypes';
import type { Caller } from '../access/caller.js';
import { isServiceError, type ServiceError } from '../errors.js';
import { dispatch } from '../fhir/dispatch.js';
import type { FhirRequest } from '../fhir/exchange.js';
import type { FhirContext } from '../fhir/fhir-context.js';

/** Headers that mean something to the FHIR engine. */
export interface FhirHeaders {
  readonly 'if-match'?: string;
  readonly 'if-none-exist'?: string;
  readonly prefer?: string;
}

export interface FhirAnswer<T extends Resource> {
  readonly status: number;
  readonly resource: T;
  /** `ETag`, ready for `if-match`. */
  readonly etag?: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** Answer, or the refusal when the service says no (4xx). */
export type FhirTry<T extends Resource> =
  ({ readonly ok: true } & FhirAnswer<T>) | { readonly ok: false; readonly error: ServiceError };

/** What the pages can ask of the FHIR engine, as one caller. */
export interface FhirCalls {
  /**
   * One FHIR request in this process as the signed-in caller: same policy, same audit, same validation as over HTTP.
   * @param path below `/fhir`, with its query: `Task?owner=Organization/x`, `Task/1/$accept`
   * @throws ServiceError as the API answers it; what a page does not catch becomes its error page
   */
  fhir<T extends Resource = Resource>(
    method: FhirRequest['method'],
    path: string,
    body?: Resource,
    headers?: FhirHeaders,
  ): Promise<FhirAnswer<T>>;
  /** The same; a refusal that the person can mend (400 to 499) is a value. @throws ServiceError 5xx */
  tryFhir<T extends Resource = Resource>(
    method: FhirRequest['method'],
    path: string,
    body?: Resource,
    headers?: FhirHeaders,
  ): Promise<FhirTry<T>>;
}

/** Where the calls of one page come from. */
export interface CallOrigin {
  readonly requestId: string;
  readonly ip?: string;
  readonly signal: AbortSignal;
}

const NOTHING: OperationOutcome = { resourceType: 'OperationOutcome', issue: [] };

/** FHIR calls of one caller in one request of a page. */
export function fhirCalls(context: FhirContext, caller: Caller, origin: CallOrigin): FhirCalls {
  const fhir: FhirCalls['fhir'] = async <T extends Resource>(
    method: FhirRequest['method'],
    path: string,
    body?: Resource,
    headers: FhirHeaders = {},
  ): Promise<FhirAnswer<T>> => {
    const at = path.indexOf('?');
    const request: FhirRequest = {
      method,
      id: origin.requestId,
      caller,
      ...(origin.ip === undefined ? {} : { ip: origin.ip }),
      query: at < 0 ? [] : [...new URLSearchParams(path.slice(at + 1))],
      ...(body ? { body } : {}),
      ...(headers['if-match'] === undefined ? {} : { ifMatch: headers['if-match'] }),
      ...(headers['if-none-exist'] === undefined ? {} : { ifNoneExist: headers['if-none-exist'] }),
      ...(headers.prefer === undefined ? {} : { prefer: headers.prefer }),
      signal: origin.signal,
    };
    const answer = await dispatch(context, request, at < 0 ? path : path.slice(0, at));
    const { ETag: etag } = answer.headers;
    return {
      status: answer.status,
      headers: answer.headers,
      resource: (answer.body === undefined ? NOTHING : JSON.parse(answer.body)) as T,
      ...(etag === undefined ? {} : { etag }),
    };
  };
  return {
    fhir,
    async tryFhir(...call) {
      try {
        return { ok: true, ...(await fhir(...call)) };
      } catch (error) {
        if (!isServiceError(error) || error.status >= 500) throw error;
        return { ok: false, error };
      }
    },
  };
}
