import { mayEver } from '../../access/policy/authorize.js';
import { canSee } from '../../access/policy/visibility.js';
import { operationUrl } from '../../config/canonical.js';
import { fault, ServiceError } from '../../errors.js';
import type { HistoryEntry } from '../../store/envelope.js';
import { decodePosition, FEED_START, positionFault } from '../../store/feed-position.js';
import { auditDraft } from '../audit-draft.js';
import type { FhirRequest, FhirResponse } from '../exchange.js';
import type { FhirContext } from '../fhir-context.js';
import { supports } from '../interaction-table.js';
import { historyBundle } from '../interactions/history-bundle.js';
import type { Operation } from '../operation.js';
import { queryText } from '../search/search-links.js';
import { openPosition, sealPosition } from './feed-handle.js';

const DEFAULT_COUNT = 100;
const MOST = 500;
/** Changes looked at in one call, those that the caller may not see included. */
const MOST_LOOKED_AT = 5_000;
/** How long a call waits for a first change and for one more, ms; what is old is read from the disk and may take longer. */
const WAIT_MS = { scan: 5_000, first: 1_000, next: 250 } as const;

const waitAt = (position: string, first: boolean): number =>
  decodePosition(position).scan === undefined ? (first ? WAIT_MS.first : WAIT_MS.next) : WAIT_MS.scan;

interface FeedQuery {
  /** Handle of the position to go on from; from the first version on when absent. */
  readonly handle?: string;
  readonly count: number;
  /** Types asked for; all when absent. */
  readonly types?: ReadonlySet<string>;
}

const bad = (parameter: string, value: string, reason: string): Error =>
  fault('parameter-value', { parameter, value: value.slice(0, 100), reason });

/** Throws 400 `parameter-unknown`, `parameter-value`; also for a parameter that is given twice. */
function feedQuery({ query }: FhirRequest, isType: (name: string) => boolean): FeedQuery {
  const given = new Map<string, string>();
  for (const [name, value] of query) {
    if (!['after', '_count', '_type'].includes(name))
      throw fault('parameter-unknown', { parameter: name, type: '$feed' });
    if (given.has(name)) throw bad(name, value, '× 2');
    given.set(name, value);
  }
  const count = given.get('_count') ?? String(DEFAULT_COUNT);
  if (!/^[1-9]\d{0,2}$/.test(count) || Number(count) > MOST) throw bad('_count', count, `1..${MOST}`);
  const types = given.get('_type')?.split(',');
  const unknown = types?.find((name) => !isType(name));
  if (unknown !== undefined) throw bad('_type', unknown, 'resource type');
  const handle = given.get('after');
  return {
    ...(handle === undefined ? {} : { handle }),
    count: Number(count),
    ...(types ? { types: new Set(types) } : {}),
  };
}

/** May the caller see the resource as it stands now? What was taken out of reach is not told from its past either. */
async function isInReach({ store }: FhirContext, { caller }: FhirRequest, entry: HistoryEntry): Promise<boolean> {
  const { type, id, acc, pt } = entry;
  if (!supports(type, 'history-type') || !mayEver(caller, 'history-type', type)) return false;
  const [head] = await store.heads(type, [id]);
  return canSee(store, caller, type, head ?? { _id: id, acc, ...(pt === undefined ? {} : { pt }) });
}

const isPositionFault = (error: unknown): boolean =>
  error instanceof ServiceError && error.findings.some(({ params }) => params?.['parameter'] === 'position');

async function changesAfter(
  context: FhirContext,
  request: FhirRequest,
  { handle, count, types }: FeedQuery,
): Promise<{ rows: HistoryEntry[]; next: string }> {
  const { cursorSecret, store } = context;
  const { sub } = request.caller;
  const after = handle === undefined ? FEED_START : openPosition(cursorSecret, sub, handle);
  const rows: HistoryEntry[] = [];
  const idle = new AbortController();
  const signal = request.signal ? AbortSignal.any([idle.signal, request.signal]) : idle.signal;
  let timer = setTimeout(() => idle.abort(), waitAt(after, true));
  let position = after;
  let looked = 0;
  try {
    for await (const item of store.walks.feed({ after, signal })) {
      clearTimeout(timer);
      looked += 1;
      if ((types?.has(item.entry.type) ?? true) && (await isInReach(context, request, item.entry)))
        rows.push(item.entry);
      position = item.position;
      if (rows.length >= count || looked >= MOST_LOOKED_AT) break;
      timer = setTimeout(() => idle.abort(), waitAt(position, false));
    }
  } catch (error) {
    // The store tells the position that it refuses (another database's, say): the caller sees only what it sent.
    throw handle !== undefined && isPositionFault(error) ? positionFault(handle) : error;
  } finally {
    clearTimeout(timer);
  }
  return { rows, next: sealPosition(cursorSecret, sub, position) };
}

/** Accounts whose call of this process is running; one that asks again meanwhile would only wait twice for the same changes. */
const RUNNING = new WeakMap<FhirContext['store'], Set<string>>();
const RETRY_SECONDS = 1;

/** At most one running call a client in this process. Throws 429 `too-many`. */
async function alone<T>({ store }: FhirContext, { caller }: FhirRequest, work: () => Promise<T>): Promise<T> {
  const running = RUNNING.get(store) ?? new Set<string>();
  RUNNING.set(store, running);
  if (running.has(caller.sub)) {
    const headers = { 'Retry-After': String(RETRY_SECONDS) };
    throw new ServiceError({ code: 'too-many', params: { seconds: RETRY_SECONDS } }, { headers });
  }
  running.add(caller.sub);
  return work().finally(() => running.delete(caller.sub));
}

async function handle(context: FhirContext, request: FhirRequest): Promise<FhirResponse> {
  const { baseUrl, definitions, store } = context;
  const asked = feedQuery(request, (name) => definitions.isResourceType(name));
  const { rows, next } = await alone(context, request, () => changesAfter(context, request, asked));
  await store.auditor.record(
    auditDraft(request, {
      act: 'R',
      sub: '$feed',
      pt: [...new Set(rows.flatMap(({ pt }) => pt ?? []))],
      ent: rows.map(({ type, id, vid }) => `${type}/${id}/_history/${vid}`),
    }),
  );
  const others = request.query.filter(([name]) => name !== 'after');
  const url = (handle: string | undefined): string => {
    const text = queryText([...(handle === undefined ? [] : [['after', handle] as const]), ...others]);
    return `${baseUrl}/$feed${text === '' ? '' : `?${text}`}`;
  };
  const link = [
    { relation: 'self' as const, url: url(asked.handle) },
    { relation: 'next' as const, url: url(next) },
  ];
  return { status: 200, headers: {}, body: historyBundle(baseUrl, { entries: rows, link }) };
}

/**
 * `GET $feed?after=POSITION&_type=&_count=`: every version written, in the order of the commits, as a Bundle of type history
 * (oldest first), as far as the caller may read it. The `next` link is the position to keep: asked again it goes on behind
 * the last change, and waits a moment when there is none yet. At least once: after a long pause versions may come again,
 * none is missed (design.md 3.4). Without `after` it begins at the first version there is. The position is sealed: it tells
 * nothing and opens for the account it was given to only. A client runs one call at a time (429).
 */
export const feedOperation: Operation = {
  name: 'feed',
  definition: operationUrl('feed'),
  level: 'system',
  method: 'GET',
  affectsState: false,
  purpose:
    'Todo lo escrito, en el orden en que se confirmó, para sistemas que llevan una copia; se sigue con el enlace next.',
  handle,
};
