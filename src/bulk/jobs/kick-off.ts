import { randomUUID } from 'node:crypto';
import { ServiceError } from '../../errors.js';
import { auditDraft } from '../../fhir/audit-draft.js';
import type { FhirRequest, FhirResponse } from '../../fhir/exchange.js';
import type { FhirContext } from '../../fhir/fhir-context.js';
import type { JobOwner, NewJob } from '../../store/job.js';
import type { JobStore } from '../../store/job-store.js';
import { jobUrl, ownerOf } from './job-owner.js';

/** Unfinished jobs of one account. */
export const MOST_OPEN_JOBS = 3;
/** Jobs of one account whose results are kept. */
export const MOST_KEPT_JOBS = 50;
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

/** Seconds that an account with too many jobs has to wait; undefined for others. Its newest is counted: of two at once both see both. */
async function tooMany(jobs: JobStore, owner: JobOwner): Promise<number | undefined> {
  if ((await jobs.countOpen(owner)) > MOST_OPEN_JOBS) return RETRY_SECONDS;
  const { count, until } = await jobs.countKept(owner);
  if (count <= MOST_KEPT_JOBS) return undefined;
  return until ? Math.max(1, Math.ceil((+until - Date.now()) / 1_000)) : RETRY_SECONDS;
}

/**
 * Accepts a job (https://hl7.org/fhir/R4/async.html): 202 with the address at which it is followed.
 * @throws ServiceError 429 `too-many` when the account has too many unfinished ones, or too many whose results are kept: a
 *   client deletes those it has fetched
 */
export async function kickOff(
  { store, baseUrl }: Pick<FhirContext, 'store' | 'baseUrl'>,
  request: FhirRequest,
  { _id = randomUUID(), sub, q, ...asked }: KickOff,
): Promise<FhirResponse> {
  const owner = ownerOf(request.caller);
  await store.jobs.add({ ...asked, _id, owner });
  const seconds = await tooMany(store.jobs, owner);
  if (seconds !== undefined) {
    await store.jobs.remove(_id);
    throw new ServiceError({ code: 'too-many', params: { seconds } }, { headers: { 'Retry-After': String(seconds) } });
  }
  await store.auditor.record(
    auditDraft(request, { act: 'E', sub, ...(q === undefined ? {} : { q }), det: { job: _id } }),
  );
  return { status: 202, headers: { 'Content-Location': jobUrl(baseUrl, _id) } };
}
