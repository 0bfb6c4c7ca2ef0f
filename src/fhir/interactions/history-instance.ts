import { fault } from '../../errors.js';
import type { HistoryEntry } from '../../store/envelope.js';
import { auditDraft } from '../audit-draft.js';
import type { FhirRequest, FhirResponse } from '../exchange.js';
import type { FhirContext } from '../fhir-context.js';
import { headVisible } from '../load-visible.js';
import { queryText } from '../search/search-links.js';
import { historyBundle, type HistoryLink } from './history-bundle.js';
import { type HistoryQuery, historyQuery } from './history-query.js';

/** Version below which the page begins. Throws 400 for a text that is none. */
function versionBefore({ position }: HistoryQuery): number | undefined {
  if (position === undefined) return undefined;
  if (!/^\d{1,15}$/.test(position))
    throw fault('parameter-value', { parameter: '_before', value: position, reason: 'number' });
  return Number(position);
}

/** Rows of a page, newest first, and whether nothing older is asked for. */
async function fetch(
  context: FhirContext,
  place: { type: string; id: string },
  query: HistoryQuery,
): Promise<{ rows: readonly HistoryEntry[]; ended: boolean }> {
  const { count, since, at } = query;
  const before = versionBefore(query);
  if (count === 0) return { rows: [], ended: true };
  const rows = await context.store.history(place.type, place.id, {
    limit: count,
    ...(before === undefined ? {} : { before }),
    ...(since ? { since } : {}),
    ...(at ? { until: new Date(at.hi) } : {}),
  });
  // The version that was current when the time began is the last of it.
  const last = at ? rows.findIndex(({ lu }) => lu.getTime() <= at.lo) : -1;
  const kept = last < 0 ? rows : rows.slice(0, last + 1);
  return { rows: kept, ended: last >= 0 || kept.at(-1)?.vid === 1 || kept.length === 0 };
}

/**
 * FHIR history of one resource (R4 http.html 3.1.0.12): all versions, newest first, deletions included, in pages
 * (`_count`; `next` link with the version to go on below), bounded by `_since` and `_at`. The history of a deleted resource
 * stays readable.
 */
export async function historyInstance(context: FhirContext, request: FhirRequest): Promise<FhirResponse> {
  const { type = '', resourceId: id = '' } = request;
  const query = historyQuery(type, request.query, '_before');
  const current = await headVisible(context, request, 'history-instance', type, id);
  const { rows, ended } = await fetch(context, { type, id }, query);
  const url = (more: FhirRequest['query']): string => {
    const text = queryText([...query.parameters, ...more]);
    return `${context.baseUrl}/${type}/${id}/_history${text === '' ? '' : `?${text}`}`;
  };
  const link: HistoryLink[] = [{ relation: 'self', url: url(query.position ? [['_before', query.position]] : []) }];
  const last = rows.at(-1);
  if (last && !ended) link.push({ relation: 'next', url: url([['_before', String(last.vid)]]) });
  await context.store.auditor.record(
    auditDraft(request, {
      act: 'R',
      sub: 'history-instance',
      pt: current.pt === undefined ? [] : [current.pt],
      ent: rows.map(({ vid }) => `${type}/${id}/_history/${vid}`),
    }),
  );
  const bounded = query.since !== undefined || query.at !== undefined;
  const body = historyBundle(context.baseUrl, { entries: rows, link, ...(bounded ? {} : { total: current.vid }) });
  return { status: 200, headers: {}, body };
}
