import { authorize } from '../access/policy/authorize.js';
import type { PolicyInteraction } from '../access/policy/policy-table.js';
import { isConformanceType } from '../access/policy/type-groups.js';
import { fault, type Finding, ServiceError } from '../errors.js';
import { conformance } from './conformance/conformance.js';
import type { Definitions } from './definitions/definitions.js';
import type { FhirRequest, FhirResponse } from './exchange.js';
import type { FhirContext } from './fhir-context.js';
import { bundle } from './interactions/bundle.js';
import { create } from './interactions/create.js';
import { conditionalDelete, deleteResource } from './interactions/delete.js';
import { historyInstance } from './interactions/history-instance.js';
import { historySystem, historyType } from './interactions/history-type.js';
import { conditionalPatch, patch } from './interactions/patch.js';
import { read } from './interactions/read.js';
import { conditionalUpdate, update } from './interactions/update.js';
import { vread } from './interactions/vread.js';
import { type Interaction, supports, type SystemInteraction } from './interaction-table.js';
import type { Operation } from './operation.js';
import { recordRefusal } from './record-refusal.js';
import { hasCompartment, searchCompartment } from './search/search-compartment.js';
import { searchSystem } from './search/search-system.js';
import { searchType } from './search/search-type.js';

type Handler = (context: FhirContext, request: FhirRequest) => Promise<FhirResponse>;

interface RestRoute {
  readonly method: FhirRequest['method'];
  /** Path below the base: `:type`, `:id`, `:vid` are places. */
  readonly path: string;
  readonly interaction: Interaction;
  readonly handle: Handler;
  /** Types that the place exists for, where not for all: others answer 404. */
  readonly only?: (definitions: Definitions, type: string) => boolean;
}

/** The REST interactions (FHIR R4 http.html), once: routes, policy and CapabilityStatement follow from these rows. */
export const REST_ROUTES: readonly RestRoute[] = [
  { method: 'GET', path: ':type/:id', interaction: 'read', handle: read },
  { method: 'GET', path: ':type/:id/_history/:vid', interaction: 'vread', handle: vread },
  { method: 'GET', path: ':type/:id/_history', interaction: 'history-instance', handle: historyInstance },
  { method: 'GET', path: ':type/_history', interaction: 'history-type', handle: historyType },
  { method: 'GET', path: ':type', interaction: 'search-type', handle: searchType },
  { method: 'POST', path: ':type/_search', interaction: 'search-type', handle: searchType },
  {
    method: 'GET',
    path: 'Patient/:id/:type',
    interaction: 'search-type',
    handle: searchCompartment,
    only: hasCompartment,
  },
  {
    method: 'POST',
    path: 'Patient/:id/:type/_search',
    interaction: 'search-type',
    handle: searchCompartment,
    only: hasCompartment,
  },
  { method: 'POST', path: ':type', interaction: 'create', handle: create },
  { method: 'PUT', path: ':type/:id', interaction: 'update', handle: update },
  { method: 'PUT', path: ':type', interaction: 'update', handle: conditionalUpdate },
  { method: 'PATCH', path: ':type/:id', interaction: 'patch', handle: patch },
  { method: 'PATCH', path: ':type', interaction: 'patch', handle: conditionalPatch },
  { method: 'DELETE', path: ':type/:id', interaction: 'delete', handle: deleteResource },
  { method: 'DELETE', path: ':type', interaction: 'delete', handle: conditionalDelete },
];

interface SystemRoute extends Pick<RestRoute, 'method' | 'path' | 'handle'> {
  /** Code of https://hl7.org/fhir/R4/valueset-system-restful-interaction.html; a Bundle says which of two it wants. */
  readonly interactions: readonly SystemInteraction[];
}

/** The interactions on the whole system; what they may see or do is asked type by type. */
export const SYSTEM_ROUTES: readonly SystemRoute[] = [
  {
    method: 'POST',
    path: '',
    interactions: ['transaction', 'batch'],
    handle: (context, request) => bundle(context, request, dispatch),
  },
  { method: 'GET', path: '_history', interactions: ['history-system'], handle: historySystem },
  { method: 'GET', path: '', interactions: ['search-system'], handle: searchSystem },
  { method: 'POST', path: '_search', interactions: ['search-system'], handle: searchSystem },
];

/** 405 with the methods that the place has (RFC 9110, 15.5.6). */
const notAllowed = (finding: Finding, methods: readonly string[]): ServiceError =>
  new ServiceError(finding, { headers: { Allow: [...new Set(methods)].join(', ') } });

type Places = Partial<Record<'type' | 'id' | 'vid', string>>;

function match(pattern: string, segments: readonly string[]): Places | undefined {
  const parts = pattern.split('/');
  if (parts.length !== segments.length) return undefined;
  const places: Places = {};
  for (const [index, part] of parts.entries()) {
    const segment = segments[index] ?? '';
    if (part.startsWith(':')) {
      if (segment.startsWith('_') || segment.startsWith('$')) return undefined;
      places[part.slice(1) as 'type'] = segment;
    } else if (part !== segment) return undefined;
  }
  return places;
}

/** Policy key of an operation: `$move` for what moves a referral, else its own name. */
export const policyKey = (operation: Operation): PolicyInteraction =>
  operation.affectsState && !operation.ownRow ? '$move' : (`$${operation.name}` as PolicyInteraction);

/** Type under which an operation is judged by the policy. */
export const policyType = (operation: Operation): string => operation.type ?? operation.judgedAs ?? 'Organization';

function findOperation(context: FhirContext, segments: readonly string[], method: string): Operation {
  const name = segments.at(-1)?.slice(1) ?? '';
  const level = (['system', 'type', 'instance'] as const)[segments.length - 1];
  const type = segments.length > 1 ? segments[0] : undefined;
  const named = context.operations.filter((one) => one.name === name && one.level === level && one.type === type);
  if (named.length === 0) throw fault('operation-unknown', { operation: name, type: type ?? '-' });
  const found = named.find((one) => one.method === method);
  if (!found)
    throw notAllowed(
      { code: 'method-not-allowed', params: { method, path: segments.join('/') } },
      named.map((one) => one.method),
    );
  return found;
}

async function runOperation(
  context: FhirContext,
  request: FhirRequest,
  segments: readonly string[],
): Promise<FhirResponse> {
  const operation = findOperation(context, segments, request.method);
  authorize(request.caller, policyKey(operation), policyType(operation));
  const [type, resourceId] = segments.length === 1 ? [] : segments.slice(0, -1);
  return operation.handle(context, {
    ...request,
    operation: operation.name,
    ...(type === undefined ? {} : { type }),
    ...(resourceId === undefined ? {} : { resourceId }),
  });
}

async function runInteraction(
  context: FhirContext,
  request: FhirRequest,
  segments: readonly string[],
): Promise<FhirResponse> {
  const path = segments.join('/');
  const matching = REST_ROUTES.flatMap((route) => {
    const places = match(route.path, segments);
    return places ? [{ route, places }] : [];
  });
  if (matching.length === 0) throw fault('route-unknown', { path: `/fhir/${path}` });
  const type = matching[0]?.places.type ?? '';
  const published = isConformanceType(type);
  if (!published && !context.definitions.isResourceType(type)) throw fault('type-unknown', { type });
  const served = matching.filter(({ route }) => supports(type, route.interaction)).map(({ route }) => route.method);
  const found = matching.find(({ route }) => route.method === request.method);
  if (!found)
    throw notAllowed({ code: 'method-not-allowed', params: { method: request.method, path: `/fhir/${path}` } }, served);
  const { route, places } = found;
  const { interaction } = route;
  if (!supports(type, interaction))
    throw notAllowed({ code: 'interaction-unsupported', params: { interaction, type } }, served);
  authorize(request.caller, interaction, type);
  return (published ? conformance : route.handle)(context, {
    ...request,
    type,
    ...(places.id === undefined ? {} : { resourceId: places.id }),
    ...(places.vid === undefined ? {} : { versionId: places.vid }),
  });
}

async function route(context: FhirContext, request: FhirRequest, path: string): Promise<FhirResponse> {
  const segments = path.split('/').filter((segment) => segment !== '');
  const whole = SYSTEM_ROUTES.filter((one) => one.path === segments.join('/'));
  if (whole.length > 0) {
    const found = whole.find(({ method }) => method === request.method);
    if (found) return found.handle(context, request);
    throw notAllowed(
      { code: 'method-not-allowed', params: { method: request.method, path: `/fhir/${path}` } },
      whole.map(({ method }) => method),
    );
  }
  return segments.at(-1)?.startsWith('$')
    ? runOperation(context, request, segments)
    : runInteraction(context, request, segments);
}

/**
 * Carries out one FHIR request: `path` is what follows the base URL. Order of checks as in design.md 3a.6
 * (the token was checked before). A refusal by role or scope is audited before the answer leaves, and so is one that tells
 * what is here (see `telling-refusal.ts`); once, however often a raced write was tried.
 */
export async function dispatch(context: FhirContext, request: FhirRequest, path: string): Promise<FhirResponse> {
  try {
    return await route(context, request, path);
  } catch (error) {
    await recordRefusal(context, request, path, error);
    throw error;
  }
}
