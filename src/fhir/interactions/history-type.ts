import { mayEver } from '../../access/policy/authorize.js';
import { fault } from '../../errors.js';
import { auditDraft } from '../audit-draft.js';
import type { FhirRequest, FhirResponse } from '../exchange.js';
import type { FhirContext } from '../fhir-context.js';
import { supports } from '../interaction-table.js';
import { type CursorBinding, openCursor, sealCursor } from '../search/cursor.js';
import { queryText } from '../search/search-links.js';
import { historyBundle, type HistoryLink } from './history-bundle.js';
import { historyPage, type HistoryPosition } from './history-page.js';
import { type HistoryQuery, historyQuery } from './history-query.js';

function positionOf(secret: string, binding: CursorBinding, { position }: HistoryQuery): HistoryPosition | undefined {
  if (position === undefined) return undefined;
  const [lu, name] = openCursor(secret, binding, position, 2);
  if (!(lu instanceof Date) || typeof name !== 'string') throw fault('cursor-invalid');
  return { lu, name };
}

async function historyOf(
  context: FhirContext,
  request: FhirRequest,
  interaction: 'history-type' | 'history-system',
  types: readonly string[],
): Promise<FhirResponse> {
  const { baseUrl, cursorSecret, store } = context;
  const place = request.type === undefined ? '_history' : `${request.type}/_history`;
  const query = historyQuery(request.type ?? 'system', request.query, '_cursor');
  const { sub, role, facility = '' } = request.caller;
  const binding = { type: place, caller: `${sub} ${role} ${facility}`, parameters: query.parameters };
  const { rows, next } = await historyPage(context, request, types, query, positionOf(cursorSecret, binding, query));
  const url = (cursor: string | undefined): string => {
    const text = queryText([...query.parameters, ...(cursor === undefined ? [] : [['_cursor', cursor] as const])]);
    return `${baseUrl}/${place}${text === '' ? '' : `?${text}`}`;
  };
  const link: HistoryLink[] = [{ relation: 'self', url: url(query.position) }];
  if (next) link.push({ relation: 'next', url: url(sealCursor(cursorSecret, binding, [next.lu, next.name])) });
  await store.auditor.record(
    auditDraft(request, {
      act: 'R',
      sub: interaction,
      pt: [...new Set(rows.flatMap(({ pt }) => pt ?? []))],
      ent: rows.map(({ type, id, vid }) => `${type}/${id}/_history/${vid}`),
      q: `${place}?${queryText(query.parameters)}`,
    }),
  );
  return { status: 200, headers: {}, body: historyBundle(baseUrl, { entries: rows, link }) };
}

/**
 * FHIR history of a type (R4 http.html 3.1.0.12): versions of all its resources that the caller may see, newest first,
 * deletions included, in pages (`_count`, sealed cursor), bounded by `_since` and `_at`. No total: it would count what the
 * caller may not see, or everything each time.
 */
export const historyType = (context: FhirContext, request: FhirRequest): Promise<FhirResponse> =>
  historyOf(context, request, 'history-type', [request.type ?? '']);

/**
 * FHIR history of the whole system: like that of a type, over every type whose history the role and the token may read.
 * Throws 403 when there is none.
 */
export async function historySystem(context: FhirContext, request: FhirRequest): Promise<FhirResponse> {
  const { caller } = request;
  const types = context.definitions.resourceTypes.filter(
    (type) => supports(type, 'history-type') && mayEver(caller, 'history-type', type),
  );
  if (types.length === 0)
    throw fault('role-forbidden', { role: caller.role, interaction: 'history-system', type: '*' });
  return historyOf(context, request, 'history-system', types);
}
