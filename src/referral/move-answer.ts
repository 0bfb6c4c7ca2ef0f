import type { OperationOutcome, Parameters, ServiceRequest, Task } from '@medplum/fhirtypes';
import { etag, resourceAnswer } from '../fhir/answer.js';
import type { FhirResponse } from '../fhir/exchange.js';

/**
 * Answer of a move: Parameters with `referral`, `task` and perhaps `outcome`; `ETag` is the version of the newest leg,
 * the one revision of the referral, which the next move gives back in If-Match.
 */
export function moveAnswer(
  status: 200 | 201,
  referral: ServiceRequest,
  task: Task | undefined,
  options: { outcome?: OperationOutcome; headers?: Record<string, string> } = {},
): FhirResponse {
  const parameters: Parameters = {
    resourceType: 'Parameters',
    parameter: [
      { name: 'referral', resource: referral },
      ...(task ? [{ name: 'task', resource: task }] : []),
      ...(options.outcome ? [{ name: 'outcome', resource: options.outcome }] : []),
    ],
  };
  const version = (task ?? referral).meta?.versionId ?? '1';
  return resourceAnswer(status, parameters, { ETag: etag(version), ...options.headers });
}
