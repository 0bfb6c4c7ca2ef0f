import { fault } from '../../errors.js';
import type { FhirRequest } from '../exchange.js';
import type { FhirContext } from '../fhir-context.js';
import { type CursorBinding, openCursor, type Position, sealCursor } from './cursor.js';
import type { KeysetPage, PageStart } from './keyset-page.js';
import type { SearchQuery } from './search-query.js';

/** A link of a Bundle. */
export interface BundleLink {
  readonly relation: 'self' | 'first' | 'previous' | 'next';
  readonly url: string;
}

/** Links and cursors of one search by one caller. */
export interface SearchLinks {
  /** Links of a page: itself, the first, those beside it. There is no `last`: the end of a growing list is nowhere. */
  of(page: Pick<KeysetPage<object>, 'next' | 'previous'>): readonly BundleLink[];
  /** Start of the asked page; undefined for the first. Throws 400 `cursor-invalid`. */
  start(length: number): PageStart | undefined;
}

/** Query text of the parameters, for links and the audit. */
export const queryText = (parameters: SearchQuery['parameters']): string =>
  new URLSearchParams(parameters.map(([name, value]): [string, string] => [name, value])).toString();

const isDirection = (value: unknown): value is PageStart['direction'] => value === 'after' || value === 'before';

/**
 * Makes the links `[base]/[type]?...` of a search (design.md 3a.16), bound to its caller.
 * @param place what stands between base and query: the type, or a compartment and the type
 */
export function searchLinks(
  context: Pick<FhirContext, 'baseUrl' | 'cursorSecret'>,
  request: Pick<FhirRequest, 'caller'>,
  query: Pick<SearchQuery, 'type' | 'parameters' | 'cursor'>,
  place: string = query.type,
): SearchLinks {
  const { sub, role, facility = '' } = request.caller;
  const binding: CursorBinding = {
    type: place,
    caller: `${sub} ${role} ${facility}`,
    parameters: query.parameters,
  };
  const url = (parameters: SearchQuery['parameters']): string => {
    const text = queryText(parameters);
    return `${context.baseUrl}/${place}${text === '' ? '' : `?${text}`}`;
  };
  const at = (direction: PageStart['direction'], position: Position): string =>
    url([...query.parameters, ['_cursor', sealCursor(context.cursorSecret, binding, [direction, ...position])]]);
  const { cursor } = query;
  const first = url(query.parameters);
  return {
    of: ({ next, previous }) => [
      { relation: 'self', url: cursor === undefined ? first : url([...query.parameters, ['_cursor', cursor]]) },
      { relation: 'first', url: first },
      ...(previous ? [{ relation: 'previous', url: at('before', previous) } as const] : []),
      ...(next ? [{ relation: 'next', url: at('after', next) } as const] : []),
    ],
    start(length) {
      if (cursor === undefined) return undefined;
      const [direction, ...position] = openCursor(context.cursorSecret, binding, cursor, length + 1);
      if (!isDirection(direction)) throw fault('cursor-invalid');
      return { direction, position };
    },
  };
}
