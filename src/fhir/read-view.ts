import { fault } from '../errors.js';
import type { FhirRequest } from './exchange.js';
import type { FhirContext } from './fhir-context.js';
import { parseView, type ResourceView } from './resource-view.js';

/** What a read understands; the form of the answer is decided by the HTTP layer. */
const KNOWN: ReadonlySet<string> = new Set(['_summary', '_elements', '_format', '_pretty']);

/**
 * How much of the resource a read or vread asks for (FHIR R4 http.html 3.1.0.2, `_summary` and `_elements`); undefined for the
 * whole.
 * @throws ServiceError 400 `parameter-unknown`, `parameter-value`
 */
export function readView(
  { definitions }: Pick<FhirContext, 'definitions'>,
  { type = '', query }: Pick<FhirRequest, 'type' | 'query'>,
): ResourceView | undefined {
  if (query.length === 0) return undefined;
  const unknown = query.find(([name]) => !KNOWN.has(name));
  if (unknown) throw fault('parameter-unknown', { parameter: unknown[0], type });
  return parseView(definitions, type, query, { count: false });
}
