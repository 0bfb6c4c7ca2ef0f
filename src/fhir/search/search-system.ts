import { authorize } from '../../access/policy/authorize.js';
import { fault } from '../../errors.js';
import { auditDraft } from '../audit-draft.js';
import type { FhirRequest, FhirResponse } from '../exchange.js';
import type { FhirContext } from '../fhir-context.js';
import { type ResourceView, parseView } from '../resource-view.js';
import { type CursorBinding, openCursor, type Position, sealCursor } from './cursor.js';
import { SEARCH_LIMITS } from './limits.js';
import { parseSearch } from './parse.js';
import { badValue } from './parse-values.js';
import { type FoundPage, runSearch } from './run-search.js';
import { queryText } from './search-links.js';
import type { SearchQuery } from './search-query.js';
import { pageLinks, searchsetText } from './searchset.js';

type Pairs = FhirRequest['query'];

/** Where a page starts: in a type, behind a row of it or at its beginning. */
interface SystemStart {
  readonly type: string;
  readonly position?: Position;
}

const TYPES = '_type';
const CURSOR = '_cursor';

/** Types of `_type`, each once. Throws 400 when there is none or one is not searched here, 403 when one never may be. */
function typesOf({ definitions }: FhirContext, request: FhirRequest): readonly string[] {
  const given = request.query.filter(([name]) => name === TYPES).flatMap(([, value]) => value.split(','));
  const types = [...new Set(given)];
  if (types.length === 0)
    throw badValue(TYPES, '', { es: 'diga qué tipos se buscan', en: 'say which types are searched' });
  for (const type of types) {
    if (!definitions.isResourceType(type) || type === 'AuditEvent')
      throw badValue(TYPES, type, {
        es: 'no es un tipo que se busque aquí',
        en: 'it is no type that is searched here',
      });
    authorize(request.caller, 'search-type', type);
  }
  return types;
}

/** The same question, asked of a type. Throws 400 for what that type does not know, and for an order across types. */
function questionOf({ definitions, baseUrl }: FhirContext, pairs: Pairs, type: string): SearchQuery {
  const query = parseSearch(definitions, type, pairs, { baseUrl, levels: SEARCH_LIMITS.linkLevels });
  if (query.sort.length > 0)
    throw badValue('_sort', type, { es: 'no va con varios tipos', en: 'it does not go with several types' });
  return query;
}

const sealed = ({ type, position }: SystemStart): Position => [
  type,
  position ? JSON.stringify(position.map((value) => (value instanceof Date ? [value.getTime()] : value))) : null,
];

function opened([type, text]: Position): SystemStart {
  if (typeof type !== 'string') throw fault('cursor-invalid');
  if (typeof text !== 'string') return { type };
  const values = JSON.parse(text) as (string | null | [number])[];
  return { type, position: values.map((value) => (Array.isArray(value) ? new Date(value[0]) : value)) };
}

interface Gathered extends Pick<FoundPage, 'entries' | 'ent' | 'pt' | 'total'> {
  readonly next?: SystemStart;
}

const none: Gathered = { entries: [], ent: [], pt: [] };

const joined = (a: Gathered, b: FoundPage): Gathered => ({
  entries: [...a.entries, ...b.entries],
  ent: [...a.ent, ...b.ent],
  pt: [...new Set([...a.pt, ...b.pt])],
  ...(a.total === undefined && b.total === undefined ? {} : { total: (a.total ?? 0) + (b.total ?? 0) }),
});

/** Rows of one type after the other, until the page is full. */
async function gather(
  context: FhirContext,
  request: FhirRequest,
  questions: readonly { readonly query: SearchQuery; readonly view: ResourceView | undefined }[],
  start: SystemStart | undefined,
): Promise<Gathered> {
  const from = start ? questions.findIndex(({ query }) => query.type === start.type) : 0;
  if (from < 0) throw fault('cursor-invalid');
  let found = none;
  let left = questions[0]?.query.count ?? 0;
  for (const [index, { query, view }] of questions.slice(from).entries()) {
    const { type } = query;
    if (left === 0 && query.answer === 'rows') return { ...found, next: { type } };
    const position = index === 0 ? start?.position : undefined;
    const page = await runSearch(
      context,
      request,
      { ...query, count: left },
      {
        compartment: undefined,
        view,
        startOf: (length) => {
          if (position && position.length !== length) throw fault('cursor-invalid');
          return position && { direction: 'after', position };
        },
      },
    );
    found = joined(found, page);
    if (page.next) return { ...found, next: { type, position: page.next } };
    left -= page.entries.filter(({ mode = 'match' }) => mode === 'match').length;
  }
  return found;
}

/**
 * FHIR search over several types (R4 http.html 3.1.0.9, `GET [base]?_type=...` and `POST [base]/_search`): the types one
 * after the other in the order named, each with what the caller may see of it. Every parameter must be one of each type.
 * @throws ServiceError 400 without `_type` and for a query that one of the types does not understand, 403 for a type that the
 *   caller may never search, 415 for parameters in a JSON body
 */
export async function searchSystem(context: FhirContext, request: FhirRequest): Promise<FhirResponse> {
  const { caller } = request;
  if (request.body !== undefined) throw fault('search-body', { contentType: 'application/fhir+json' });
  const types = typesOf(context, request);
  const parameters = request.query.filter(([name]) => name !== CURSOR);
  const asked = parameters.filter(([name]) => name !== TYPES);
  const questions = types.map((type) => ({
    query: questionOf(context, asked, type),
    view: parseView(context.definitions, type, asked, { count: true }),
  }));
  const binding: CursorBinding = {
    type: '',
    caller: `${caller.sub} ${caller.role} ${caller.facility ?? ''}`,
    parameters,
  };
  const cursor = request.query.find(([name]) => name === CURSOR)?.[1];
  const start = cursor === undefined ? undefined : opened(openCursor(context.cursorSecret, binding, cursor, 2));
  const { entries, ent, pt, total, next } = await gather(context, request, questions, start);
  const url = (pairs: Pairs): string => `${context.baseUrl}?${queryText(pairs)}`;
  await context.store.auditor.record(
    auditDraft(request, { act: 'E', sub: 'search-type', pt, ent, q: `?${queryText(parameters)}` }),
  );
  const body = searchsetText({
    links: pageLinks(
      url(request.query),
      next && url([...parameters, [CURSOR, sealCursor(context.cursorSecret, binding, sealed(next))]]),
    ),
    entries,
    ...(total === undefined || (start && questions[0]?.query.answer === 'rows') ? {} : { total }),
  });
  return { status: 200, headers: {}, body };
}
