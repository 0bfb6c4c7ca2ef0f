import { randomUUID } from 'node:crypto';
import type { Parameters } from '@medplum/fhirtypes';
import { operationUrl } from '../../config/canonical.js';
import { fault } from '../../errors.js';
import { logger } from '../../logger.js';
import { resourceAnswer } from '../answer.js';
import { auditDraft } from '../audit-draft.js';
import type { FhirRequest, FhirResponse } from '../exchange.js';
import type { FhirContext } from '../fhir-context.js';
import type { Operation } from '../operation.js';
import { reindexType } from '../search/reindex.js';
import { badInput, readInput } from './read-input.js';

/** A rebuild as it is kept: any process can tell how far it is. */
interface ReindexJob {
  readonly _id: string;
  readonly state: 'running' | 'done' | 'failed';
  readonly started: Date;
  readonly changed: Date;
  readonly types: readonly string[];
  /** Resources done, by type. */
  readonly done: Readonly<Record<string, number>>;
}

const PREFIX = 'reindex|';
const SAVE_MS = 1_000;
/** A process that ended leaves its job behind: who has not said anything for so long runs no more. */
const SILENT_MS = 600_000;

const jobs = ({ store }: FhirContext) => store.support<ReindexJob & { _id: string }>('settings');

async function run(context: FhirContext, job: ReindexJob): Promise<void> {
  const done: Record<string, number> = {};
  let saved = performance.now();
  const save = (state: ReindexJob['state']): Promise<unknown> =>
    jobs(context).updateOne({ _id: job._id }, { $set: { state, done: { ...done }, changed: new Date() } });
  try {
    for (const type of job.types) {
      await reindexType(context, type, (progress) => {
        done[type] = progress.done;
        if (performance.now() - saved < SAVE_MS) return;
        saved = performance.now();
        save('running').catch((error: unknown) => logger.warn({ err: error }, 'progress of a reindex'));
      });
    }
    await save('done');
  } catch (error) {
    logger.error({ err: error, job: job._id }, 'reindex');
    await save('failed');
  }
}

async function start(context: FhirContext, request: FhirRequest): Promise<FhirResponse> {
  const { definitions, baseUrl, store } = context;
  const all = definitions.resourceTypes.filter((type) => type !== 'AuditEvent');
  const asked = readInput(request, ['type']).texts('type');
  const unknown = asked.find((type) => !all.includes(type));
  if (unknown !== undefined) throw badInput('type', unknown);
  const running = await jobs(context).findOne({
    _id: { $gt: PREFIX, $lt: 'reindex}' },
    state: 'running',
    changed: { $gt: new Date(Date.now() - SILENT_MS) },
  });
  if (running) throw fault('write-conflict');
  const now = new Date();
  const id = randomUUID();
  const job: ReindexJob = {
    _id: `${PREFIX}${id}`,
    state: 'running',
    started: now,
    changed: now,
    types: asked.length > 0 ? asked : all,
    done: {},
  };
  await store.auditor.record(auditDraft(request, { act: 'E', sub: '$reindex', q: job.types.join(',') }));
  await jobs(context).insertOne(job, { writeConcern: { w: 'majority' } });
  run(context, job).catch((error: unknown) => logger.error({ err: error }, 'state of a reindex'));
  return { status: 202, headers: { 'Content-Location': `${baseUrl}/$reindex-status?job=${id}` } };
}

async function status(context: FhirContext, request: FhirRequest): Promise<FhirResponse> {
  const id = readInput(request, ['job']).text('job');
  if (id === undefined) throw badInput('job', 'UUID');
  const job = await jobs(context).findOne({ _id: `${PREFIX}${id}` });
  await context.store.auditor.record(auditDraft(request, { act: 'R', sub: '$reindex-status' }));
  if (!job) throw fault('not-found', { type: '$reindex', id: id.slice(0, 64) });
  const silent = job.state === 'running' && Date.now() - job.changed.getTime() > SILENT_MS;
  const answer: Parameters = {
    resourceType: 'Parameters',
    parameter: [
      { name: 'state', valueCode: silent ? 'failed' : job.state },
      { name: 'started', valueInstant: job.started.toISOString() },
      { name: 'changed', valueInstant: job.changed.toISOString() },
      ...job.types.map((type) => ({
        name: 'type',
        part: [
          { name: 'name', valueCode: type },
          { name: 'done', valueInteger: job.done[type] ?? 0 },
        ],
      })),
    ],
  };
  return resourceAnswer(200, answer);
}

/**
 * `POST [base]/$reindex` (parameter `type`, 0..*; all types without it) makes search values anew in the background, one
 * rebuild at a time: 202 with the address of its status in `Content-Location`; `GET [base]/$reindex-status?job=` tells how
 * many resources of each type are done.
 * @throws ServiceError 409 `write-conflict` while another one runs, 404 for an unknown job
 */
export const reindexOperations: readonly Operation[] = [
  {
    name: 'reindex',
    definition: operationUrl('reindex'),
    level: 'system',
    method: 'POST',
    affectsState: true,
    ownRow: true,
    purpose: 'Rehace los índices de búsqueda en segundo plano.',
    handle: start,
  },
  {
    name: 'reindex-status',
    definition: operationUrl('reindex-status'),
    level: 'system',
    method: 'GET',
    affectsState: false,
    purpose: 'Dice cuánto falta para rehacer los índices de búsqueda.',
    handle: status,
  },
];
