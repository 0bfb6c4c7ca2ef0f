import type { FhirRequest } from '../exchange.js';
import type { FhirContext } from '../fhir-context.js';
import { type CursorBinding, openCursor, type Position, sealCursor } from './cursor.js';
import type { SearchQuery } from './search-query.js';

/** Links and cursors of one search by one caller. */
export interface SearchLinks {
  readonly self: string;
  next(position: Position): string;
  /** Position of the asked page; undefined for the first. Throws 400 `cursor-invalid`. */
  start(length: number): Position | undefined;
}

/** Query text of the parameters, for links and the audit. */
export const queryText = (parameters: SearchQuery['parameters']): string =>
  new URLSearchParams(parameters.map(([name, value]): [string, string] => [name, value])).toString();

/** Makes the links `[base]/[type]?...` of a search (design.md 3a.16), bound to its caller. */
export function searchLinks(
  context: Pick<FhirContext, 'baseUrl' | 'cursorSecret'>,
  request: Pick<FhirRequest, 'caller'>,
  query: Pick<SearchQuery, 'type' | 'parameters' | 'cursor'>,
): SearchLinks {
  const { sub, role, facility = '' } = request.caller;
  const binding: CursorBinding = {
    type: query.type,
    caller: `${sub} ${role} ${facility}`,
    parameters: query.parameters,
  };
  const url = (parameters: SearchQuery['parameters']): string => {
    const text = queryText(parameters);
    return `${context.baseUrl}/${query.type}${text === '' ? '' : `?${text}`}`;
  };
  const { cursor } = query;
  return {
    self: url(cursor === undefined ? query.parameters : [...query.parameters, ['_cursor', cursor]]),
    next: (position) => url([...query.parameters, ['_cursor', sealCursor(context.cursorSecret, binding, position)]]),
    start: (length) => (cursor === undefined ? undefined : openCursor(context.cursorSecret, binding, cursor, length)),
  };
}
