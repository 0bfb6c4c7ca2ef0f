import type { Bundle, BundleEntry, Resource } from '@medplum/fhirtypes';
import { fault, isServiceError, type ServiceError } from '../../errors.js';

/** At most so many entries in one transaction (design.md 3.4) or batch. */
export const MAX_BUNDLE_ENTRIES = 200;

export type EntryMethod = 'DELETE' | 'POST' | 'PUT' | 'PATCH' | 'GET';

/** One entry of a batch or transaction, its request taken apart. */
export interface RequestedEntry {
  /** Place in the Bundle, for the answer and for error paths. */
  readonly index: number;
  readonly fullUrl?: string;
  readonly method: EntryMethod;
  /** Path relative to the base, without query. */
  readonly path: string;
  readonly query: readonly (readonly [string, string])[];
  readonly resource?: Resource;
  readonly ifNoneExist?: string;
  readonly ifMatch?: string;
  /** Conditions of a read. */
  readonly ifNoneMatch?: string;
  readonly ifModifiedSince?: string;
}

/** Order in which entries are carried out (FHIR R4 http.html 3.1.0.11.2). */
const ORDER: Readonly<Record<EntryMethod, number>> = { DELETE: 0, POST: 1, PUT: 2, PATCH: 2, GET: 3 };

const isMethod = (method: string | undefined): method is EntryMethod =>
  method !== undefined && Object.hasOwn(ORDER, method);

const CONDITIONS = ['ifMatch', 'ifNoneExist', 'ifNoneMatch', 'ifModifiedSince'] as const;

/** Methods that carry a resource, or a patch. */
const CARRYING: ReadonlySet<EntryMethod> = new Set<EntryMethod>(['POST', 'PUT', 'PATCH']);

/** Members of an entry that are text when they are there; the envelope of a Bundle is not validated like a resource. */
function assertTexts({ fullUrl, request }: BundleEntry, at: string): void {
  const conditions = CONDITIONS.map((name): [string, unknown] => [`request.${name}`, request?.[name]]);
  for (const [name, value] of [['fullUrl', fullUrl] as const, ...conditions])
    if (value !== undefined && typeof value !== 'string')
      throw fault('bundle-invalid', { reason: `${at}.${name}` }, `${at}.${name}`);
}

/**
 * `fullUrl` is absolute, names no version (R4 bundle.html, bdl-8) and, where it is the address of a resource that is
 * written by its id, names that one.
 */
function assertFullUrl(fullUrl: string | undefined, method: EntryMethod, path: string, at: string): void {
  if (fullUrl === undefined) return;
  const absolute = /^[A-Za-z][A-Za-z0-9+.-]*:\S+$/.test(fullUrl) && !fullUrl.includes('/_history/');
  const byId = method !== 'POST' && method !== 'GET' && path.includes('/');
  const another = byId && /^https?:/.test(fullUrl) && !fullUrl.endsWith(`/${path}`);
  if (!absolute || another) throw fault('bundle-invalid', { reason: `${at}.fullUrl: ${fullUrl}` }, `${at}.fullUrl`);
}

function toEntry(entry: BundleEntry | null, index: number, baseUrl: string): RequestedEntry {
  const at = `Bundle.entry[${index}]`;
  const { request, resource, fullUrl } = entry ?? {};
  if (typeof request?.url !== 'string' || request.url === '' || !isMethod(request.method))
    throw fault(
      'bundle-invalid',
      { reason: `${at}.request: method POST, PUT, PATCH, DELETE or GET and url` },
      `${at}.request`,
    );
  assertTexts(entry ?? {}, at);
  const relative = request.url.startsWith(`${baseUrl}/`) ? request.url.slice(baseUrl.length + 1) : request.url;
  // The first question mark begins the query; others belong to it.
  const [path = '', ...search] = relative.replace(/^\//, '').split('?');
  assertFullUrl(fullUrl, request.method, path, at);
  if (CARRYING.has(request.method) && !resource && !path.includes('$'))
    throw fault('bundle-invalid', { reason: `${at}.resource` }, `${at}.resource`);
  const patches = resource?.resourceType === 'Binary' || resource?.resourceType === 'Parameters';
  if (request.method === 'PATCH' && !patches)
    throw fault('bundle-invalid', { reason: `${at}.resource: Binary, Parameters` }, `${at}.resource`);
  // A batch within a batch would go round the cap on entries.
  if (!/[^/]/.test(path)) throw fault('bundle-invalid', { reason: `${at}.request.url` }, `${at}.request.url`);
  return {
    index,
    method: request.method,
    path,
    query: [...new URLSearchParams(search.join('?'))],
    ...(fullUrl === undefined ? {} : { fullUrl }),
    ...(resource ? { resource } : {}),
    ...Object.fromEntries(CONDITIONS.flatMap((name) => (request[name] === undefined ? [] : [[name, request[name]]]))),
  };
}

/** Throws 400 when the list itself is none or too long. */
function entriesOf(bundle: Bundle): readonly (BundleEntry | null)[] {
  const given: unknown = bundle.entry ?? [];
  if (!Array.isArray(given)) throw fault('bundle-invalid', { reason: 'Bundle.entry' }, 'Bundle.entry');
  if (given.length > MAX_BUNDLE_ENTRIES)
    throw fault('bundle-invalid', { reason: `> ${MAX_BUNDLE_ENTRIES} entries` }, 'Bundle.entry');
  return given as readonly (BundleEntry | null)[];
}

const inOrder = (entries: readonly RequestedEntry[]): readonly RequestedEntry[] =>
  [...entries].sort((a, b) => ORDER[a.method] - ORDER[b.method] || a.index - b.index);

/** Entries of a transaction in the order of execution. Throws 400 `bundle-invalid` when one is not to be understood. */
export const requestedEntries = (bundle: Bundle, baseUrl: string): readonly RequestedEntry[] =>
  inOrder(entriesOf(bundle).map((entry, index) => toEntry(entry, index, baseUrl)));

/** Entries of a batch. */
export interface BatchEntries {
  /** In the order of execution. */
  readonly requested: readonly RequestedEntry[];
  /** Those that are not to be understood: place in the Bundle -> ServiceError 400. They do not touch the others. */
  readonly refused: ReadonlyMap<number, ServiceError>;
}

/** Entries of a batch, each taken apart by itself. Throws 400 `bundle-invalid` only when there is no list of entries. */
export function batchEntries(bundle: Bundle, baseUrl: string): BatchEntries {
  const requested: RequestedEntry[] = [];
  const refused = new Map<number, ServiceError>();
  for (const [index, entry] of entriesOf(bundle).entries()) {
    try {
      requested.push(toEntry(entry, index, baseUrl));
    } catch (error) {
      if (!isServiceError(error)) throw error;
      refused.set(index, error);
    }
  }
  return { requested: inOrder(requested), refused };
}
