import { isServiceError } from '../../errors.js';
import type { FhirRequest } from '../exchange.js';
import type { FhirContext } from '../fhir-context.js';
import { parseView, type ResourceView } from '../resource-view.js';
import { prefersLenient } from './lenient.js';
import { SEARCH_LIMITS } from './limits.js';
import { parseSearch } from './parse.js';
import { isInclude } from './parse-graph.js';
import { badValue } from './parse-values.js';
import type { SearchQuery } from './search-query.js';

type Pairs = FhirRequest['query'];

/** One type of the search, asked. */
export interface Question {
  readonly query: SearchQuery;
  readonly view: ResourceView | undefined;
}

const NO_INCLUDE: ReadonlySet<string> = new Set(['include-unknown', 'modifier-unsupported']);

/** Does an include start at the type? */
function startsAt({ definitions }: FhirContext, type: string, pair: Pairs[number]): boolean {
  try {
    return parseSearch(definitions, type, [pair], { levels: SEARCH_LIMITS.linkLevels }).includes.length > 0;
  } catch (error) {
    if (isServiceError(error) && NO_INCLUDE.has(error.code)) return false;
    throw error;
  }
}

/** The same question, asked of a type. Throws 400 for what that type does not know, and for an order across types. */
function questionOf({ definitions, baseUrl }: FhirContext, type: string, own: Pairs, lenient: boolean): Question {
  const query = parseSearch(definitions, type, own, { baseUrl, levels: SEARCH_LIMITS.linkLevels, lenient });
  if (query.sort.length > 0)
    throw badValue('_sort', type, { es: 'no va con varios tipos', en: 'it does not go with several types' });
  const view = parseView(definitions, type, own, { count: true });
  if (view?.summary === 'text' && query.includes.length > 0)
    throw badValue('_summary', 'text', { es: 'no va con _include', en: 'it does not go with _include' });
  return { query, view };
}

/**
 * Everything that a search over several types asks, and what was passed over: what one of the types does not know is asked of
 * none. An include is asked of the types where it starts.
 * @param asked parameters beside `_type` and the cursor
 * @throws ServiceError 400 as `parseSearch` and `parseView`, and for `_sort`
 */
export function questionsOf(
  context: FhirContext,
  request: FhirRequest,
  types: readonly string[],
  asked: Pairs,
): { readonly questions: readonly Question[]; readonly asked: Pairs; readonly ignored: readonly SearchQuery[] } {
  const starts = new Map(
    asked
      .filter(([name]) => isInclude(name))
      .map((pair) => [pair, types.filter((type) => startsAt(context, type, pair))]),
  );
  // One that starts nowhere is asked of all, to be refused.
  const concerns = (pair: Pairs[number], type: string): boolean => {
    const at = starts.get(pair) ?? [];
    return at.length === 0 || at.includes(type);
  };
  const ask = (pairs: Pairs, lenient: boolean): readonly Question[] =>
    types.map((type) =>
      questionOf(
        context,
        type,
        pairs.filter((pair) => concerns(pair, type)),
        lenient,
      ),
    );
  const first = ask(asked, prefersLenient(request));
  const ignored = first.map(({ query }) => query).filter((query) => query.ignored.length > 0);
  if (ignored.length === 0) return { questions: first, asked, ignored };
  const passed = new Set(ignored.flatMap((query) => query.ignored));
  const known = asked.filter(([name, value]) => !passed.has(name) && !passed.has(`${name}=${value}`));
  return { questions: ask(known, false), asked: known, ignored };
}
