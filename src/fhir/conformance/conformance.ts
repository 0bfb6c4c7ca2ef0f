import { fault } from '../../errors.js';
import { resourceAnswer } from '../answer.js';
import { auditDraft } from '../audit-draft.js';
import { stringifyFhir } from '../exact-json.js';
import type { FhirRequest, FhirResponse } from '../exchange.js';
import type { FhirContext } from '../fhir-context.js';
import { SEARCH_LIMITS } from '../search/limits.js';
import { normalizeText } from '../search/normalize-text.js';
import { pageLinks, searchsetText } from '../search/searchset.js';
import { type Published, publishedOf } from './catalogue.js';
import { CONFORMANCE_PARAMETERS, type ConformanceParameter } from './parameters.js';

type Pair = FhirRequest['query'][number];

const invalid = ([parameter, value]: Pair, reason: string): Error =>
  fault('parameter-value', { parameter, value, reason });

function matches(one: Published, { element, type }: ConformanceParameter, wanted: string): boolean {
  const actual = one[element] ?? '';
  if (type === 'string') return normalizeText(actual).startsWith(normalizeText(wanted));
  return actual === (type === 'token' ? wanted.slice(wanted.indexOf('|') + 1) : wanted);
}

/** Test of one query parameter: its values are alternatives. Throws 400 for a parameter or modifier that there is not. */
function criterionOf(type: string, pair: Pair): (one: Published) => boolean {
  const [name = '', modifier] = pair[0].split(':', 2);
  const parameter = CONFORMANCE_PARAMETERS.find(({ code }) => code === name);
  if (!parameter) throw fault('parameter-unknown', { parameter: name, type });
  if (modifier !== undefined) throw fault('modifier-unsupported', { parameter: name, modifier });
  const values = pair[1].split(',');
  if (values.includes('')) throw invalid(pair, '""');
  return (one) => values.some((value) => matches(one, parameter, value));
}

function countOf(pair: Pair | undefined): number {
  if (!pair) return SEARCH_LIMITS.defaultCount;
  if (!/^\d{1,9}$/.test(pair[1])) throw invalid(pair, '0..');
  return Math.min(Number(pair[1]), SEARCH_LIMITS.maxCount);
}

const CONTROLS = ['_count', '_cursor', '_total'];

function searchset(context: FhirContext, type: string, query: FhirRequest['query']): { body: string; ent: string[] } {
  const control = (name: string): Pair | undefined => query.find(([key]) => key === name);
  const criteria = query.filter(([key]) => !CONTROLS.includes(key)).map((pair) => criterionOf(type, pair));
  const count = countOf(control('_count'));
  const after = control('_cursor')?.[1] ?? '';
  const found = publishedOf(context, type).filter((one) => criteria.every((holds) => holds(one)));
  // Ordered by id, which no other definition has: the id of the last row says where the next page begins.
  const rest = found.filter(({ id }) => id > after);
  const page = rest.slice(0, count);
  const url = (pairs: readonly Pair[]): string => {
    const text = new URLSearchParams(pairs.map(([key, value]): [string, string] => [key, value])).toString();
    return `${context.baseUrl}/${type}${text === '' ? '' : `?${text}`}`;
  };
  const last = rest.length > page.length ? page.at(-1) : undefined;
  const next = last && url([...query.filter(([key]) => key !== '_cursor'), ['_cursor', last.id]]);
  const entries = page.map(({ id, resource }) => ({
    fullUrl: `${context.baseUrl}/${type}/${id}`,
    json: stringifyFhir(resource),
  }));
  const body = searchsetText({ links: pageLinks(url(query), next), total: found.length, entries });
  return { body, ent: page.map(({ id }) => `${type}/${id}`) };
}

/**
 * Read and search of definitions: StructureDefinition, ValueSet, CodeSystem, ConceptMap, SearchParameter,
 * OperationDefinition, from memory (R4 http.html 3.1.0.1 and 3.1.0.9). Every canonical URL that the CapabilityStatement
 * names is found by `?url=`.
 * @throws ServiceError 404 `not-found`, 400 for a parameter that is not understood, 415 for parameters in a JSON body
 */
export async function conformance(context: FhirContext, request: FhirRequest): Promise<FhirResponse> {
  const { type = '', resourceId, query } = request;
  if (resourceId === undefined) {
    if (request.body !== undefined) throw fault('search-body', { contentType: 'application/fhir+json' });
    const { body, ent } = searchset(context, type, query);
    await context.store.auditor.record(auditDraft(request, { act: 'E', sub: 'search-type', ent }));
    return { status: 200, headers: {}, body };
  }
  const found = publishedOf(context, type).find(({ id }) => id === resourceId);
  await context.store.auditor.record(
    auditDraft(request, { act: 'R', sub: 'read', ent: [`${type}/${resourceId}`], ...(found ? {} : { out: '4' }) }),
  );
  if (!found) throw fault('not-found', { type, id: resourceId });
  return resourceAnswer(200, found.resource);
}
