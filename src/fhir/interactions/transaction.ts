import type { Bundle } from '@medplum/fhirtypes';
import { setTimeout as sleep } from 'node:timers/promises';
import { fault, isServiceError, ServiceError, toOperationOutcome } from '../../errors.js';
import { ConditionMatched } from '../../store/write-plan.js';
import { aboutInstances } from '../about-instance.js';
import { etag, preferredReturn } from '../answer.js';
import type { AuditDraft } from '../../store/audit-record.js';
import { auditDraft } from '../audit-draft.js';
import { stringifyFhir } from '../exact-json.js';
import type { FhirRequest, FhirResponse } from '../exchange.js';
import type { CreateWarning, FhirContext } from '../fhir-context.js';
import { assertPlanAllowed } from '../plan-policy.js';
import { createWarnings, warningOutcome } from '../create-warnings.js';
import { WriteBuilder } from '../write-builder.js';
import { type RequestedEntry, requestedEntries } from './bundle-entry.js';
import { type Dispatch, entryResult, runEntry } from './batch.js';
import { isConditional } from './expected-version.js';
import { type PlannedEntry, planTransaction } from './plan-transaction.js';

/** Tries when a condition or a version changed between plan and commit. */
const TRIES = 10;

const ACTIONS = { created: 'C', updated: 'U', revived: 'C', deleted: 'D', gone: 'D', existing: 'R' } as const;
const STATUS = {
  created: '201 Created',
  updated: '200 OK',
  revived: '201 Created',
  deleted: '204 No Content',
  gone: '204 No Content',
  existing: '200 OK',
} as const;

function auditsOf(request: FhirRequest, builder: WriteBuilder, planned: readonly PlannedEntry[]): AuditDraft[] {
  const docs = new Map(builder.writes.map(({ type, doc }) => [`${type}/${doc._id}`, doc]));
  return planned.map(({ outcome, type, id, patient: found }) => {
    const doc = docs.get(`${type}/${id}`);
    const patient = doc?.pt ?? found;
    return auditDraft(request, {
      act: ACTIONS[outcome],
      sub: 'transaction',
      pt: patient === undefined ? [] : [patient],
      ent: id === '' ? [] : [doc ? `${type}/${id}/_history/${doc.vid}` : `${type}/${id}`],
    });
  });
}

function writtenEntry(builder: WriteBuilder, one: PlannedEntry, warnings: readonly CreateWarning[]): string {
  const { context, request } = builder;
  if (one.outcome === 'gone') return entryResult(context, { status: STATUS.gone }, '');
  const doc = builder.writes.find(({ type, doc: { _id } }) => type === one.type && _id === one.id)?.doc;
  const version = doc?.vid ?? Number(one.resource?.meta?.versionId ?? 1);
  const about = `${one.type}/${one.id}`;
  const preferred = preferredReturn(request);
  const said = warningOutcome(warnings, { about, notes: builder.notes(about) });
  const outcome = said ?? (preferred === 'OperationOutcome' ? toOperationOutcome([{ code: 'ok' }]) : undefined);
  const response = {
    status: STATUS[one.outcome],
    location: `${context.baseUrl}/${one.type}/${one.id}/_history/${version}`,
    etag: etag(version),
    lastModified: (doc?.lu ?? new Date(one.resource?.meta?.lastUpdated ?? 0)).toISOString(),
    ...(outcome ? { outcome } : {}),
  };
  const text = preferred !== 'representation' ? '' : (doc?.json ?? (one.resource ? stringifyFhir(one.resource) : ''));
  return entryResult(context, response, text, `${one.type}/${one.id}`);
}

async function attempt(
  context: FhirContext,
  request: FhirRequest,
  bundle: Bundle,
  builder: WriteBuilder,
): Promise<Map<number, string>> {
  const planned = await planTransaction(context, request, bundle, builder);
  const results = new Map<number, string>();
  let warnings: readonly CreateWarning[] = [];
  if (builder.writes.length > 0) {
    const before = planned.flatMap((one) => one.before ?? []);
    const [missing] = await Promise.all([builder.missing(), assertPlanAllowed(context, request, builder, before)]);
    if (missing.length > 0) throw new ServiceError(missing);
    warnings = await createWarnings(builder);
    for (const draft of auditsOf(request, builder, planned)) builder.audit(draft);
    await builder.commit();
  } else await Promise.all(auditsOf(request, builder, planned).map((draft) => context.store.auditor.record(draft)));
  for (const one of planned) results.set(one.entry.index, writtenEntry(builder, one, warnings));
  return results;
}

const mayRetry = (error: unknown, bundle: Bundle): boolean =>
  error instanceof ConditionMatched ||
  (isServiceError(error) &&
    error.code === 'version-conflict' &&
    !(bundle.entry ?? []).some(({ request }) => request && request.method !== 'GET' && isConditional(request)));

/** `Type/id` of a path on one instance, also of what lies below it. */
const instanceOf = (path: string): string => path.split('/').slice(0, 2).join('/');

const isGone = (error: unknown): boolean => isServiceError(error) && (error.status === 404 || error.status === 410);

/**
 * All or nothing: what may not be read stops the Bundle before anything is written. What the Bundle itself makes cannot be
 * read yet; what it deletes could never be read after it.
 * @throws ServiceError 400 `bundle-invalid`, and as the reads themselves
 */
async function assertReadable(
  entries: readonly RequestedEntry[],
  run: (entry: RequestedEntry) => Promise<unknown>,
): Promise<void> {
  const targets = (methods: readonly string[]): ReadonlySet<string> =>
    new Set(entries.filter(({ method }) => methods.includes(method)).map(({ path }) => path));
  const [deleted, written] = [targets(['DELETE']), targets(['PUT', 'PATCH'])];
  const gets = entries.filter(({ method }) => method === 'GET');
  for (const { path } of gets)
    if (path.includes('/') && deleted.has(path))
      throw fault('bundle-invalid', { reason: `DELETE ${path}, GET ${path}` });
  for (const entry of gets) {
    try {
      await run(entry);
    } catch (error) {
      if (!isGone(error) || !written.has(instanceOf(entry.path))) throw error;
    }
  }
}

/**
 * FHIR transaction (R4 http.html 3.1.0.11): all entries or none, in the order DELETE, POST, PUT and PATCH, GET; links
 * between entries by `fullUrl`, conditional references. Answers with a transaction-response Bundle in the order of the request.
 */
export async function transaction(
  context: FhirContext,
  request: FhirRequest,
  bundle: Bundle,
  dispatch: Dispatch,
): Promise<FhirResponse> {
  const requested = requestedEntries(bundle, context.baseUrl);
  const gets = requested.filter(({ method }) => method === 'GET');
  const writes = gets.length < requested.length;
  if (writes) await assertReadable(requested, (entry) => runEntry(context, request, entry, dispatch, true));
  let results: Map<number, string> | undefined;
  for (let tries = 1; !results; tries += 1) {
    const builder = new WriteBuilder(context, request);
    try {
      results = await attempt(context, request, bundle, builder);
    } catch (error) {
      if (!mayRetry(error, bundle) || tries === TRIES) throw aboutInstances(error, builder.looked);
      await sleep(Math.random() * 5 * tries);
    }
  }
  // Read again, after the writes (R4 order); by now a failure is told in its entry, for the writes stand.
  for (const entry of gets) results.set(entry.index, await runEntry(context, request, entry, dispatch, !writes));
  const entries = [...results].sort(([a], [b]) => a - b).map(([, text]) => text);
  const body = `{"resourceType":"Bundle","type":"transaction-response"${entries.length > 0 ? `,"entry":[${entries.join(',')}]` : ''}}`;
  return { status: 200, headers: {}, body };
}
