import { parseScopes, scopeAllows, type ScopeLetter } from '../../access/scopes.js';
import { fault, ServiceError } from '../../errors.js';
import { auditDraft } from '../../fhir/audit-draft.js';
import type { FhirRequest } from '../../fhir/exchange.js';
import type { FhirContext } from '../../fhir/fhir-context.js';
import type { Job } from '../../store/job.js';
import type { BundleTask } from '../bundle/bundle-task.js';
import { bundleResult } from '../bundle/bundle-result.js';
import type { ExportTask } from '../export/export-task.js';
import { manifestOf } from '../export/manifest.js';
import { filesOf } from './job-files.js';
import { ownerOf } from './job-owner.js';

/**
 * The answer to a Bundle holds what the token allowed with which it was sent: only a token that allows as much fetches it.
 * Files of an export are judged one by one.
 * @throws ServiceError 403 `scope-forbidden`
 */
function assertScopes({ caller }: Asked, { kind, task }: Job): void {
  if (kind !== 'bundle') return;
  for (const { type, letters } of parseScopes((task as unknown as BundleTask).caller.scope))
    for (const letter of letters as Iterable<ScopeLetter>)
      if (!scopeAllows(caller.scope, type, letter)) throw fault('scope-forbidden', { scope: `${type}.${letter}` });
}

/** An answer about a job; a long body comes in pieces. */
export interface JobAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: AsyncIterable<Buffer | string> | string;
}

type JobContext = Pick<FhirContext, 'store' | 'baseUrl'>;
type Asked = Pick<FhirRequest, 'caller' | 'id' | 'ip'>;

/** A client that asks again at once learns nothing new. */
const RETRY_SECONDS = 2;

/** The caller's own job. Throws 404 `job-unknown` for all others, whoever they belong to. */
async function ownJob({ store }: JobContext, { caller }: Asked, id: string): Promise<Job> {
  const job = await store.jobs.find(id, ownerOf(caller));
  if (!job || (job.expires !== undefined && job.expires <= new Date())) throw fault('job-unknown', { id });
  return job;
}

/**
 * How a job stands (https://hl7.org/fhir/uv/bulkdata/export.html#bulk-data-status-request): 202 while it runs; then the
 * manifest of an export, or the answer to a Bundle.
 * @throws ServiceError 404 `job-unknown`; 403 `scope-forbidden`; what made the job fail
 */
export async function jobStatus(context: JobContext, asked: Asked, id: string): Promise<JobAnswer> {
  const job = await ownJob(context, asked, id);
  if (job.expires) assertScopes(asked, job);
  if (job.state === 'failed') throw new ServiceError(job.findings ?? [{ code: 'internal', params: { request: id } }]);
  if (job.state !== 'done') {
    const headers = { 'X-Progress': job.progress || job.state, 'Retry-After': String(RETRY_SECONDS) };
    return { status: 202, headers };
  }
  const expires: Record<string, string> = job.expires ? { Expires: job.expires.toUTCString() } : {};
  if (job.kind === 'export')
    return {
      status: 200,
      headers: { ...expires, 'Content-Type': 'application/json; charset=utf-8' },
      body: JSON.stringify(manifestOf(context.baseUrl, job)),
    };
  await context.store.auditor.record(auditDraft(asked, { act: 'R', sub: '$async', det: { job: id } }));
  return {
    status: 200,
    headers: { ...expires, 'Content-Type': 'application/fhir+json; charset=utf-8' },
    body: bundleResult(context.store.jobs.files, job),
  };
}

/** Ends a job, or deletes what it made: 202, and its address is gone (export.html#bulk-data-delete-request). */
export async function cancelJob(context: JobContext, asked: Asked, id: string): Promise<JobAnswer> {
  await ownJob(context, asked, id);
  await context.store.auditor.record(auditDraft(asked, { act: 'D', sub: '$export-cancel', det: { job: id } }));
  await context.store.jobs.remove(id);
  return { status: 202, headers: {} };
}

/**
 * One file of a finished export, audited before its first byte leaves.
 * @throws ServiceError 404 `job-unknown` for an unknown job or file; 403 `scope-forbidden` when the token may not read its type
 */
export async function jobFile(context: JobContext, asked: Asked, id: string, name: string): Promise<JobAnswer> {
  const job = await ownJob(context, asked, id);
  const file = job.state === 'done' ? filesOf(job).find((one) => one.name === name) : undefined;
  if (!file) throw fault('job-unknown', { id: `${id}/${name}` });
  // What was deleted is of any of the types.
  const types = file.list === 'output' ? [file.type] : (job.task as unknown as ExportTask).types;
  const refused = types.find((type) => !scopeAllows(asked.caller.scope, type, 'r'));
  if (refused !== undefined) throw fault('scope-forbidden', { scope: `${refused}.r` });
  await context.store.auditor.record(
    auditDraft(asked, { act: 'R', sub: '$export-file', det: { job: id, file: name, count: String(file.count) } }),
  );
  return {
    status: 200,
    headers: { 'Content-Type': 'application/fhir+ndjson' },
    body: context.store.jobs.files.read(file.parts.map((part) => part.id)),
  };
}
