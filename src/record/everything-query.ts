import { fault } from '../errors.js';
import type { FhirRequest } from '../fhir/exchange.js';
import type { FhirContext } from '../fhir/fhir-context.js';
import { badInput, readInput } from '../fhir/operations/read-input.js';
import { openCursor, sealCursor } from '../fhir/search/cursor.js';
import { SEARCH_LIMITS } from '../fhir/search/limits.js';
import type { CompartmentQuery } from './compartment.js';
import type { CompartmentPosition } from './compartment-page.js';

/** A request for everything of somebody or something. */
export interface EverythingQuery extends CompartmentQuery {
  /** Rows of a page; absent when all is asked for at once. */
  readonly count?: number;
  readonly after?: CompartmentPosition;
  readonly self: string;
  next(position: CompartmentPosition): string;
}

/** FHIR date or instant (R4 datatypes.html#instant); JavaScript would read nearly anything as a date. */
const INSTANT = /^\d{4}-\d\d(-\d\d(T\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d))?)?$/;

function sinceOf(value: string): Date {
  // A plus sign in a query arrives as a space.
  const text = value.replace(' ', '+');
  const since = new Date(text);
  if (!INSTANT.test(text) || Number.isNaN(since.getTime()))
    throw fault('parameter-value', { parameter: '_since', value, reason: 'instant' });
  return since;
}

function countOf(value: string): number {
  if (!/^[1-9]\d{0,8}$/.test(value)) throw fault('parameter-value', { parameter: '_count', value, reason: '1..' });
  return Math.min(Number(value), SEARCH_LIMITS.maxCount);
}

const KNOWN = ['_since', '_type', '_count', '_cursor'];

/** Parameters of the URL and of a body of type Parameters, as they would stand in a URL: `_type` may come several times. */
function pairsOf(request: FhirRequest): FhirRequest['query'] {
  const input = readInput(request, KNOWN);
  return KNOWN.flatMap((name): [string, string][] => {
    const values = input.texts(name);
    if (values.length > 1 && name !== '_type') throw badInput(name, '× 2');
    return values.length === 0 ? [] : [[name, values.join()]];
  });
}

/**
 * Reads `_since`, `_type`, `_count` and the cursor of a page link (R4 patient-operation-everything).
 * @throws ServiceError 400 for another parameter, a bad value, or a link that belongs to another caller or query
 */
export function everythingQuery(context: FhirContext, request: FhirRequest): EverythingQuery {
  const { type = '', resourceId = '', caller } = request;
  const place = `${type}/${resourceId}/$everything`;
  const query = pairsOf(request);
  const find = (name: string): string | undefined => query.find(([key]) => key === name)?.[1];
  const types = find('_type')?.split(',');
  const unknown = types?.find((name) => !context.definitions.isResourceType(name));
  if (unknown !== undefined) throw fault('parameter-value', { parameter: '_type', value: unknown, reason: 'type' });
  const [since, count, cursor] = [find('_since'), find('_count'), find('_cursor')];
  const parameters = query.filter(([name]) => name !== '_cursor');
  const binding = { type: place, caller: `${caller.sub} ${caller.role} ${caller.facility ?? ''}`, parameters };
  const url = (pairs: readonly (readonly [string, string])[]): string => {
    const text = new URLSearchParams(pairs.map(([name, value]): [string, string] => [name, value])).toString();
    return `${context.baseUrl}/${place}${text === '' ? '' : `?${text}`}`;
  };
  const position = cursor === undefined ? [] : openCursor(context.cursorSecret, binding, cursor, 2);
  const [lastType, lastId] = position.map(String);
  return {
    ...(types ? { types } : {}),
    ...(since === undefined ? {} : { since: sinceOf(since) }),
    ...(count === undefined ? {} : { count: countOf(count) }),
    ...(lastType !== undefined && lastId !== undefined ? { after: { type: lastType, id: lastId } } : {}),
    self: url(query),
    next: (at) => url([...parameters, ['_cursor', sealCursor(context.cursorSecret, binding, [at.type, at.id])]]),
  };
}
