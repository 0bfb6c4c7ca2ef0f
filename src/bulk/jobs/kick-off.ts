import { randomUUID } from 'node:crypto';
import { ServiceError } from '../../errors.js';
import { auditDraft } from '../../fhir/audit-draft.js';
import type { FhirRequest, FhirResponse } from '../../fhir/exchange.js';
import type { FhirContext } from '../../fhir/fhir-context.js';
import type { NewJob } from '../../store/job.js';
import { jobUrl, ownerOf } from './job-owner.js';

/** Unfinished jobs of one account. */
export const MOST_OPEN_JOBS = 3;
const RETRY_SECONDS = 30;

export interface KickOff extends Pick<NewJob, 'kind' | 'task' | 'waitMs' | 'request'> {
  readonly _id?: string;
  /** Name of the operation in the audit. */
  readonly sub: string;
  /** What was asked for, for the audit. */
  readonly q?: string;
}

/** Does the request ask to be answered later (RFC 7240, 4.1)? */
export const wantsAsync = ({ prefer = '' }: Pick<FhirRequest, 'prefer'>): boolean =>
  prefer.split(',').some((one) => one.split(';')[0]?.trim().toLowerCase() === 'respond-async');

/**
 * Accepts a job (https://hl7.org/fhir/R4/async.html): 202 with the address at which it is followed.
 * @throws ServiceError 429 `too-many` when the account has too many unfinished ones
 */
export async function kickOff(
  { store, baseUrl }: Pick<FhirContext, 'store' | 'baseUrl'>,
  request: FhirRequest,
  { _id = randomUUID(), sub, q, ...asked }: KickOff,
): Promise<FhirResponse> {
  const owner = ownerOf(request.caller);
  await store.jobs.add({ ...asked, _id, owner });
  // Counted with its own: of two at once both see both.
  if ((await store.jobs.countOpen(owner)) > MOST_OPEN_JOBS) {
    await store.jobs.remove(_id);
    throw new ServiceError(
      { code: 'too-many', params: { seconds: RETRY_SECONDS } },
      { headers: { 'Retry-After': String(RETRY_SECONDS) } },
    );
  }
  await store.auditor.record(
    auditDraft(request, { act: 'E', sub, ...(q === undefined ? {} : { q }), det: { job: _id } }),
  );
  return { status: 202, headers: { 'Content-Location': jobUrl(baseUrl, _id) } };
}
