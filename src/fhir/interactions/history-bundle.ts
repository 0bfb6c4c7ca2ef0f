import type { HistoryEntry } from '../../store/envelope.js';
import { etag } from '../answer.js';

/** A link of a Bundle. */
export interface HistoryLink {
  readonly relation: 'self' | 'next';
  readonly url: string;
}

function statusOf({ method, vid }: HistoryEntry): string {
  if (method === 'DELETE') return '204 No Content';
  return vid === 1 ? '201 Created' : '200 OK';
}

function entryText(baseUrl: string, entry: HistoryEntry): string {
  const url = `${entry.type}/${entry.id}`;
  const request = { method: entry.method, url: entry.method === 'POST' ? entry.type : url };
  const response = { status: statusOf(entry), etag: etag(entry.vid), lastModified: entry.lu.toISOString() };
  const resource = entry.json === '' ? '' : `"resource":${entry.json},`;
  return `{"fullUrl":${JSON.stringify(`${baseUrl}/${url}`)},${resource}"request":${JSON.stringify(request)},"response":${JSON.stringify(response)}}`;
}

/**
 * JSON text of a Bundle of type history (FHIR R4 http.html 3.1.0.12): stored texts go in as they are; a deletion is an entry
 * without resource.
 */
export function historyBundle(
  baseUrl: string,
  { entries, link, total }: { entries: readonly HistoryEntry[]; link: readonly HistoryLink[]; total?: number },
): string {
  const rows = entries.map((entry) => entryText(baseUrl, entry)).join(',');
  return [
    '{"resourceType":"Bundle","type":"history"',
    ...(total === undefined ? [] : [`,"total":${total}`]),
    `,"link":${JSON.stringify(link)}`,
    ...(entries.length > 0 ? [`,"entry":[${rows}]`] : []),
    '}',
  ].join('');
}
