import { fault } from '../../errors.js';
import type { HistoryEntry } from '../../store/envelope.js';
import { etag } from '../answer.js';
import { auditDraft } from '../audit-draft.js';
import type { FhirRequest, FhirResponse } from '../exchange.js';
import type { FhirContext } from '../fhir-context.js';
import { headVisible } from '../load-visible.js';

const DEFAULT_COUNT = 50;
const MAX_COUNT = 500;

function entryText(baseUrl: string, entry: HistoryEntry): string {
  const url = `${entry.type}/${entry.id}`;
  const status = { POST: '201 Created', PUT: '200 OK', DELETE: '204 No Content' }[entry.method];
  const request = { method: entry.method, url: entry.method === 'POST' ? entry.type : url };
  const response = { status, etag: etag(entry.vid), lastModified: entry.lu.toISOString() };
  const resource = entry.json === '' ? '' : `"resource":${entry.json},`;
  return `{"fullUrl":${JSON.stringify(`${baseUrl}/${url}`)},${resource}"request":${JSON.stringify(request)},"response":${JSON.stringify(response)}}`;
}

interface Page {
  readonly count: number;
  /** Only versions below this one. */
  readonly before?: number;
}

function parsePage(type: string, query: FhirRequest['query']): Page {
  let page: Page = { count: DEFAULT_COUNT };
  for (const [name, value] of query) {
    if (name === '_format' || name === '_pretty') continue;
    if (name !== '_count' && name !== '_before') throw fault('parameter-unknown', { parameter: name, type });
    if (!/^\d{1,9}$/.test(value)) throw fault('parameter-value', { parameter: name, value, reason: 'number' });
    page =
      name === '_count' ? { ...page, count: Math.min(Number(value), MAX_COUNT) } : { ...page, before: Number(value) };
  }
  return page;
}

/**
 * FHIR history of one resource (R4 http.html 3.1.0.12): all versions, newest first, deletions included, in pages
 * (`_count`; `next` link with the version to go on below). The history of a deleted resource stays readable.
 */
export async function historyInstance(context: FhirContext, request: FhirRequest): Promise<FhirResponse> {
  const { type = '', resourceId: id = '' } = request;
  const { count, before } = parsePage(type, request.query);
  const current = await headVisible(context, request, 'history-instance', type, id);
  const below = before === undefined ? {} : { before };
  const page = count === 0 ? [] : await context.store.history(type, id, { limit: count, ...below });
  const last = page.at(-1);
  const url = `${context.baseUrl}/${type}/${id}/_history?_count=${count}`;
  const link = [{ relation: 'self', url: before === undefined ? url : `${url}&_before=${before}` }];
  // A page of large versions is shorter than asked for; version 1 is the end.
  if (last && last.vid > 1) link.push({ relation: 'next', url: `${url}&_before=${last.vid}` });
  await context.store.auditor.record(
    auditDraft(request, {
      act: 'R',
      sub: 'history-instance',
      pt: current.pt === undefined ? [] : [current.pt],
      ent: page.map(({ vid }) => `${type}/${id}/_history/${vid}`),
    }),
  );
  const entries = page.map((entry) => entryText(context.baseUrl, entry)).join(',');
  const body = `{"resourceType":"Bundle","type":"history","total":${current.vid},"link":${JSON.stringify(link)}${
    page.length > 0 ? `,"entry":[${entries}]` : ''
  }}`;
  return { status: 200, headers: {}, body };
}
