import { authorize } from '../../access/policy/authorize.js';
import { fault } from '../../errors.js';
import { auditDraft } from '../audit-draft.js';
import type { FhirRequest, FhirResponse } from '../exchange.js';
import type { FhirContext } from '../fhir-context.js';
import { type CursorBinding, openCursor, type Position, sealCursor } from './cursor.js';
import { ignoredEntries } from './lenient.js';
import { badValue } from './parse-values.js';
import { type FoundPage, runSearch } from './run-search.js';
import { queryText } from './search-links.js';
import { pageLinks, type SearchsetEntry, searchsetText } from './searchset.js';
import { type Question, questionsOf } from './system-questions.js';

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

/** Every `Type/id` once, and as a match where it is one (R4 search: a resource may not come twice); every notice once. */
function once(entries: readonly SearchsetEntry[]): SearchsetEntry[] {
  const known = new Map<string, SearchsetEntry>();
  const isMatch = ({ mode = 'match' }: SearchsetEntry): boolean => mode === 'match';
  for (const entry of [...entries.filter(isMatch), ...entries.filter((one) => !isMatch(one))]) {
    const key = entry.fullUrl ?? entry.json;
    if (!known.has(key)) known.set(key, entry);
  }
  const kept = new Set(known.values());
  return entries.filter((entry) => kept.has(entry));
}

const joined = (a: Gathered, b: FoundPage): Gathered => ({
  entries: once([...a.entries, ...b.entries]),
  ent: [...new Set([...a.ent, ...b.ent])],
  pt: [...new Set([...a.pt, ...b.pt])],
  ...(a.total === undefined && b.total === undefined ? {} : { total: (a.total ?? 0) + (b.total ?? 0) }),
});

/** Adds the matches of types that the page does not reach to a number that was asked for. */
async function countedToo(
  context: FhirContext,
  request: FhirRequest,
  found: Gathered,
  unreached: readonly Question[],
): Promise<Gathered> {
  let total = found.total ?? 0;
  for (const { query } of unreached) {
    const options = { compartment: undefined, view: undefined, startOf: () => undefined };
    total += (await runSearch(context, request, { ...query, answer: 'count' }, options)).total ?? 0;
  }
  return { ...found, total };
}

/** Rows of one type after the other, until the page is full. The number of all goes with the first page. */
async function gather(
  context: FhirContext,
  request: FhirRequest,
  questions: readonly Question[],
  start: SystemStart | undefined,
): Promise<Gathered> {
  const from = start ? questions.findIndex(({ query }) => query.type === start.type) : 0;
  if (from < 0) throw fault('cursor-invalid');
  let found = none;
  const total = start === undefined && questions[0]?.query.total === true;
  const rest = questions.slice(from);
  const upTo = async (reached: number, next: SystemStart): Promise<Gathered> => ({
    ...(total ? await countedToo(context, request, found, rest.slice(reached)) : found),
    next,
  });
  let left = questions[0]?.query.count ?? 0;
  for (const [index, { query, view }] of rest.entries()) {
    const { type } = query;
    if (left === 0 && query.answer === 'rows') return upTo(index, { type });
    const position = index === 0 ? start?.position : undefined;
    const page = await runSearch(
      context,
      request,
      { ...query, count: left, total },
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
    if (page.next) return upTo(index + 1, { type, position: page.next });
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
  const given = request.query.filter(([name]) => name !== CURSOR && name !== TYPES);
  const { questions, asked, ignored } = questionsOf(context, request, types, given);
  const parameters: Pairs = [...request.query.filter(([name]) => name === TYPES), ...asked];
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
    entries: [...entries, ...ignored.flatMap(ignoredEntries)],
    ...(total === undefined ? {} : { total }),
  });
  return { status: 200, headers: {}, body };
}
