import type { Bundle } from '@medplum/fhirtypes';
import type { ErrorCode, ServiceError } from '../errors.js';
import type { AuditDraft } from '../store/audit-record.js';
import { auditDraft } from './audit-draft.js';
import type { FhirRequest } from './exchange.js';
import { queryText } from './search/search-links.js';

/** Refusals that tell whether something is here: somebody with this number, matches of a condition, what is referred to. */
const TELLING: ReadonlySet<ErrorCode> = new Set([
  'duplicate',
  'match-none',
  'match-multiple',
  'reference-unmatched',
  'reference-ambiguous',
  'reference-not-found',
  'idempotency-key-reused',
]);

/** Longest text of a question that is kept, characters. */
const MOST_TEXT = 2_000;

interface SentRequest {
  readonly method?: unknown;
  readonly url?: unknown;
  readonly ifNoneExist?: unknown;
}

const condition = (text: unknown): string => (typeof text === 'string' ? ` If-None-Exist: ${text}` : '');

/** Conditions of the entries of a Bundle, which is not validated yet: `PUT Patient?identifier=...`. */
function bundleConditions({ entry }: Bundle): readonly string[] {
  if (!Array.isArray(entry)) return [];
  return (entry as ({ request?: SentRequest | null } | null)[]).flatMap((one) => {
    const { method, url, ifNoneExist } = one?.request ?? {};
    const asks = typeof url === 'string' && (url.includes('?') || typeof ifNoneExist === 'string');
    return asks && method !== 'GET' ? [`${String(method)} ${url}${condition(ifNoneExist)}`] : [];
  });
}

/** Conditions that a write was sent with. */
const conditionsOf = ({ query, ifNoneExist, body }: FhirRequest, path: string): readonly string[] => [
  ...(query.length > 0 || ifNoneExist !== undefined
    ? [`${path}${query.length > 0 ? `?${queryText(query)}` : ''}${condition(ifNoneExist)}`]
    : []),
  ...(path === '' && body?.resourceType === 'Bundle' ? bundleConditions(body) : []),
];

/**
 * Does this refusal tell its reader something of what is stored? A refused read has its record already. Of writes: every 409
 * and 412; a 422 only when something had been looked up before: a condition, a reference, or by an operation; and whatever
 * is about an instance that was loaded.
 * A resource that is not valid by itself is refused without a record: nothing was looked at.
 */
function tells(error: ServiceError, request: FhirRequest, path: string): boolean {
  if (error.status === 403 || TELLING.has(error.code)) return true;
  if (request.method === 'GET') return false;
  if (error.status === 409 || error.status === 412) return true;
  // Also a 404 of a later entry of a transaction says that the earlier ones were met as the client had put them.
  if (error.about.length > 0) return error.status < 500;
  return error.status === 422 && (path.includes('$') || conditionsOf(request, path).length > 0);
}

/** `Type/id` without the slashes at its ends. */
const bare = (path: string): string =>
  path
    .split('/')
    .filter((segment) => segment !== '')
    .join('/');

/**
 * Record of a refusal: by role or scope, or one that tells what is here. It holds what was asked, and the instances
 * and patients that the refusal is about, as far as they were found. Undefined for refusals that need none.
 * @param given path: what follows the base URL
 */
export function tellingRefusal(error: ServiceError, request: FhirRequest, given: string): AuditDraft | undefined {
  const path = bare(given);
  if (!tells(error, request, path)) return undefined;
  const asked = request.method === 'GET' ? [] : conditionsOf(request, path);
  return auditDraft(request, {
    act: 'E',
    sub: request.method,
    out: '4',
    q: (asked.length > 0 ? asked.join('; ') : path).slice(0, MOST_TEXT),
    pt: [...new Set(error.about.flatMap(({ pt }) => pt ?? []))],
    ent: error.about.map(({ name }) => name),
    det: { refused: error.code },
  });
}
