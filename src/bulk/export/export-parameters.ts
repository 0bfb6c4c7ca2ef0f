import type { Parameters, ParametersParameter } from '@medplum/fhirtypes';
import { fault, type ServiceError } from '../../errors.js';
import type { FhirRequest } from '../../fhir/exchange.js';
import type { FhirContext } from '../../fhir/fhir-context.js';
import { parseSearch } from '../../fhir/search/parse.js';
import { wantsAsync } from '../jobs/kick-off.js';

/** What an export is asked for, understood. */
export interface ExportParameters {
  /** As named; empty for all that may be had. */
  readonly types: readonly string[];
  readonly filters: Readonly<Record<string, readonly string[]>>;
  readonly since?: Date;
}

const KNOWN = ['_type', '_since', '_typeFilter', '_outputFormat'] as const;
const FORMATS: ReadonlySet<string> = new Set(['application/fhir+ndjson', 'application/ndjson', 'ndjson']);
/** An instant (https://hl7.org/fhir/R4/datatypes.html#instant): to the second, with its zone. */
const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)$/;
/** The part of a query that says how a page looks has no meaning in an export. */
const PAGE_CONTROL = /^_(?:sort|count|total|summary|elements|include|revinclude|cursor|format|pretty)(?::|$)/;
const MOST_FILTERS = 50;

const refuse = (parameter: string, reason: string): ServiceError =>
  fault('operation-parameter', { parameter, reason }, parameter);

const isParameters = (body: FhirRequest['body']): body is Parameters => body?.resourceType === 'Parameters';

function valueOf(one: ParametersParameter): string {
  const value: unknown = one.valueString ?? one.valueInstant ?? one.valueCode ?? one.valueUri ?? one.valueDateTime;
  if (typeof value !== 'string') throw refuse(one.name, 'valueString, valueInstant');
  return value;
}

/** Parameters of the URL and of a body, name and text. Throws 400 for a body that is no Parameters. */
function given({ body, query }: FhirRequest): readonly (readonly [string, string])[] {
  if (body === undefined) return query;
  if (!isParameters(body)) throw fault('type-mismatch', { actual: body.resourceType, expected: 'Parameters' });
  const list: unknown = body.parameter ?? [];
  if (!Array.isArray(list)) throw refuse('parameter', 'array');
  return [
    ...query,
    ...(list as (ParametersParameter | null)[]).map((one): readonly [string, string] => {
      if (typeof one?.name !== 'string') throw refuse('parameter', 'name');
      return [one.name, valueOf(one)];
    }),
  ];
}

/** Values of a parameter that may be repeated, and hold several with commas; a comma inside a query stays. */
const listOf = (parameters: readonly (readonly [string, string])[], name: string, separator: RegExp): string[] =>
  parameters
    .filter(([key]) => key === name)
    .flatMap(([, value]) => value.split(separator))
    .map((value) => value.trim())
    .filter((value) => value !== '');

function onlyOne(parameters: readonly (readonly [string, string])[], name: string): string | undefined {
  const values = parameters.filter(([key]) => key === name);
  if (values.length > 1) throw refuse(name, '× 2');
  return values[0]?.[1];
}

function sinceOf(text: string | undefined): Date | undefined {
  if (text === undefined) return undefined;
  // A plus sign in a query arrives as a space.
  const instant = text.replace(' ', '+');
  if (!INSTANT.test(instant) || Number.isNaN(Date.parse(instant))) throw refuse('_since', 'instant');
  return new Date(instant);
}

function filtersOf(
  { definitions, baseUrl }: Pick<FhirContext, 'definitions' | 'baseUrl'>,
  texts: readonly string[],
  types: readonly string[],
): Record<string, string[]> {
  if (texts.length > MOST_FILTERS) throw refuse('_typeFilter', `> ${MOST_FILTERS}`);
  const filters: Record<string, string[]> = {};
  for (const text of texts) {
    const [type = '', query = ''] = text.split(/\?(.*)/s, 2);
    if (!definitions.isResourceType(type) || query === '') throw refuse('_typeFilter', text);
    if (types.length > 0 && !types.includes(type)) throw refuse('_typeFilter', `_type ${type}`);
    const asked = [...new URLSearchParams(query)];
    const control = asked.find(([name]) => PAGE_CONTROL.test(name));
    if (control) throw refuse('_typeFilter', control[0]);
    parseSearch(definitions, type, asked, { baseUrl });
    filters[type] = [...(filters[type] ?? []), query];
  }
  return filters;
}

/**
 * Reads the parameters of a kick-off (https://hl7.org/fhir/uv/bulkdata/export.html#query-parameters), in the URL or in a body.
 * @throws ServiceError 400 `header-invalid` without `Prefer: respond-async`; 400 `operation-parameter` for what is not
 *   understood (passed over with `Prefer: handling=lenient` when it is unknown), and what `parseSearch` throws for a `_typeFilter`
 */
export function exportParameters(
  context: Pick<FhirContext, 'definitions' | 'baseUrl'>,
  request: FhirRequest,
): ExportParameters {
  if (!wantsAsync(request))
    throw fault('header-invalid', { header: 'Prefer', value: request.prefer ?? '-' }, 'http.prefer');
  const parameters = given(request);
  const unknown = parameters.find(([name]) => !KNOWN.some((known) => known === name));
  if (unknown && !/\bhandling=lenient\b/.test(request.prefer ?? '')) throw refuse(unknown[0], KNOWN.join(', '));
  const format = onlyOne(parameters, '_outputFormat')?.replace(' ', '+');
  if (format !== undefined && !FORMATS.has(format)) throw refuse('_outputFormat', [...FORMATS].join(', '));
  const types = [...new Set(listOf(parameters, '_type', /,/))];
  const notServed = types.find((type) => !context.definitions.isResourceType(type) || type === 'AuditEvent');
  if (notServed !== undefined) throw refuse('_type', notServed);
  const since = sinceOf(onlyOne(parameters, '_since'));
  return {
    types,
    filters: filtersOf(context, listOf(parameters, '_typeFilter', /,(?=[A-Z][A-Za-z]*\?)/), types),
    ...(since ? { since } : {}),
  };
}
