import type { Definitions } from '../definitions/definitions.js';
import { fault } from '../../errors.js';
import { SEARCH_LIMITS } from './limits.js';
import { parseInclude } from './parse-include.js';
import { parseChain, parseHas, parseList } from './parse-linked.js';
import { badValue } from './parse-values.js';
import type { Include, LinkedCriterion } from './search-graph.js';
import type { SearchQuery } from './search-query.js';

/** A parameter about resources around the matches, as given. */
export interface GraphParameter {
  readonly definitions: Definitions;
  /** Type that is searched. */
  readonly type: string;
  /** Name with modifiers, as written. */
  readonly name: string;
  readonly value: string;
  /** Links that may still follow. */
  readonly levels: number;
  /** Understands what stands at the far end of a link, as a search on that type. */
  readonly parse: (type: string, query: readonly (readonly [string, string])[], levels: number) => SearchQuery;
}

/** The graph of a query while it is read. */
export interface ParsedGraph {
  readonly linked: LinkedCriterion[];
  readonly includes: Include[];
}

const INCLUDE = /^_(?:rev)?include(?::|$)/;

/** Is this the name of `_include` or `_revinclude`, with whatever modifier? */
export const isInclude = (name: string): boolean => INCLUDE.test(name);

function assertFew(name: string, list: readonly unknown[], limit: number): void {
  if (list.length > limit)
    throw badValue(name, String(list.length), { es: `más de ${limit}`, en: `more than ${limit}` });
}

/** Is this the name of a chain, `_has`, `_list` or an include? Codes of search parameters hold no dots. */
const isGraphName = (name: string): boolean =>
  name === '_list' || name.startsWith('_has:') || INCLUDE.test(name) || name.includes('.');

/**
 * Reads a parameter about resources around the matches into `graph`; false when the name is none.
 * @param levels links that the caller of the parser can follow; undefined where only conditions on one type are understood
 * @throws ServiceError 400 `parameter-unknown`, `modifier-unsupported`, `parameter-value`, `include-unknown`
 */
export function parseGraph(
  graph: ParsedGraph,
  asked: Omit<GraphParameter, 'levels'> & { readonly levels: number | undefined },
): boolean {
  const { name, type, levels } = asked;
  if (!isGraphName(name)) return false;
  if (levels === undefined) throw fault('parameter-unknown', { parameter: name, type });
  const parameter: GraphParameter = { ...asked, levels };
  if (isInclude(name)) {
    graph.includes.push(parseInclude(parameter));
    assertFew('_include', graph.includes, SEARCH_LIMITS.includes);
    return true;
  }
  const read = name === '_list' ? parseList : name.startsWith('_has:') ? parseHas : parseChain;
  graph.linked.push(read(parameter));
  assertFew(name, graph.linked, SEARCH_LIMITS.links);
  return true;
}
