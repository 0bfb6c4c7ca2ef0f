import { isConformanceType, TYPE_GROUPS } from '../access/policy/type-groups.js';
import type { AppContext } from '../context.js';
import { REST_ROUTES, SYSTEM_ROUTES } from '../fhir/dispatch.js';
import { ASYNC_PLACES } from './async-places.js';
import { supports } from '../fhir/interaction-table.js';
import { JSON_PATCH, PATCH_FORMATS } from '../fhir/patch/patched.js';
import type { Operation } from '../fhir/operation.js';
import { COMMON_PARAMETERS } from '../fhir/search/common-parameters.js';
import { describeParameter } from '../fhir/search/describe-parameter.js';
import { servedParameters } from '../fhir/search/served-parameters.js';

type Json = Record<string, unknown>;

const FHIR_CONTENT = {
  'application/fhir+json': { schema: { type: 'object' } },
  'application/fhir+xml': { schema: { type: 'string' } },
};

const SUMMARY: Readonly<Record<string, string>> = {
  read: 'Leer la versión actual',
  vread: 'Leer una versión',
  'history-instance': 'Historia de un recurso',
  'history-type': 'Historia de un tipo',
  patch: 'Cambiar una parte',
  'search-type': 'Buscar',
  create: 'Crear',
  update: 'Actualizar',
  delete: 'Borrar',
  transaction: 'Todo o nada',
  batch: 'Cada entrada por su cuenta',
  'history-system': 'Historia de todo lo que puede ver',
  'search-system': 'Buscar en varios tipos',
};

const PATCH_CONTENT = Object.fromEntries(
  PATCH_FORMATS.map((type) => [type, { schema: { type: type === JSON_PATCH ? 'array' : 'object' } }]),
);

const HISTORIES: ReadonlySet<string> = new Set(['history-instance', 'history-type']);
const READS: ReadonlySet<string> = new Set(['read', 'vread']);

const plainParameters = (...names: readonly string[]): Json[] =>
  names.map((name) => ({ name, in: 'query', schema: { type: 'string' } }));
const historyParameters = (): Json[] => plainParameters('_count', '_since', '_at');

/** Headers that an interaction understands beside those of every request. */
const HEADERS: Readonly<Record<string, readonly string[]>> = {
  read: ['If-None-Match', 'If-Modified-Since'],
  vread: ['If-None-Match', 'If-Modified-Since'],
  create: ['If-None-Exist', 'Idempotency-Key', 'X-Provenance', 'Prefer'],
  update: ['If-Match', 'If-None-Match', 'X-Provenance', 'Prefer'],
  patch: ['If-Match', 'X-Provenance', 'Prefer'],
  delete: ['If-Match', 'Prefer'],
};

const requestHeaders = (interaction: string): Json[] =>
  (HEADERS[interaction] ?? []).map((name) => ({ name, in: 'header', schema: { type: 'string' } }));

const pathParameters = (path: string): Json[] =>
  [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }));

const responses = (ok: string): Json => ({
  [ok]: { description: 'Correcto', content: FHIR_CONTENT },
  default: { description: 'OperationOutcome', content: FHIR_CONTENT },
});

function searchParameters(context: AppContext, type: string): Json[] {
  const own = servedParameters(context.definitions, type).map((parameter) => ({
    name: parameter.code,
    description: `${parameter.type}: ${describeParameter(context.definitions, type, parameter)}`,
  }));
  const unlinked = type === 'AuditEvent' || isConformanceType(type);
  const common = COMMON_PARAMETERS.filter(({ type: kind }) => kind !== 'special' || !unlinked).map(
    ({ name, documentation }) => ({ name, description: documentation }),
  );
  return [...own, ...common].map((parameter) => ({ ...parameter, in: 'query', schema: { type: 'string' } }));
}

function restPaths(context: AppContext): [string, Json][] {
  return [...context.definitions.resourceTypes, ...TYPE_GROUPS.conformance].flatMap((type) =>
    REST_ROUTES.filter(
      ({ interaction, only }) => supports(type, interaction) && (only?.(context.definitions, type) ?? true),
    ).map(({ method, path, interaction }): [string, Json] => {
      const place = `/fhir/${path.replace(':type', type).replace(':id', '{id}').replace(':vid', '{vid}')}`;
      const writes = method === 'POST' || method === 'PUT';
      // A write at the place of the type is about the one resource that its criteria find.
      const conditional = path === ':type' && method !== 'GET' && method !== 'POST';
      const compartment = path.startsWith('Patient/') ? '-compartment' : '';
      const operation = {
        operationId: `${conditional ? 'conditional-' : ''}${interaction}-${type}${compartment}${path.endsWith('_search') ? '-post' : ''}`,
        summary: `${SUMMARY[interaction] ?? interaction}${conditional ? ' lo que cumple los criterios' : ''}: ${type}`,
        tags: [type],
        parameters: [
          ...pathParameters(place),
          ...((interaction === 'search-type' && method === 'GET') || conditional
            ? searchParameters(context, type)
            : []),
          ...(HISTORIES.has(interaction) ? historyParameters() : []),
          ...(READS.has(interaction) ? plainParameters('_summary', '_elements') : []),
          ...requestHeaders(interaction),
        ],
        ...(writes ? { requestBody: { required: true, content: FHIR_CONTENT } } : {}),
        ...(method === 'PATCH' ? { requestBody: { required: true, content: PATCH_CONTENT } } : {}),
        responses: responses(interaction === 'create' ? '201' : interaction === 'delete' ? '204' : '200'),
      };
      return [place, { [method.toLowerCase()]: operation }];
    }),
  );
}

function systemPaths(): [string, Json][] {
  return SYSTEM_ROUTES.map(({ method, path, interactions }): [string, Json] => {
    const bundle = method === 'POST' && path === '';
    const operation = {
      operationId: `${interactions.join('-')}${path === '_search' ? '-post' : ''}`,
      summary: interactions.map((one) => SUMMARY[one] ?? one).join(', '),
      tags: ['system'],
      ...(path === '_history' ? { parameters: historyParameters() } : {}),
      ...(method === 'GET' && path === ''
        ? { parameters: [{ name: '_type', in: 'query', required: true, schema: { type: 'string' } }] }
        : {}),
      ...(bundle ? { requestBody: { required: true, content: FHIR_CONTENT } } : {}),
      responses: responses('200'),
    };
    return [`/fhir${path === '' ? '' : `/${path}`}`, { [method.toLowerCase()]: operation }];
  });
}

const LOCATION = {
  Location: { description: 'Dónde está lo que se creó, con su versión', schema: { type: 'string', format: 'uri' } },
};

/** What an operation answers: later, or 201 for what it makes and 200 for what it made before. */
function operationResponses({ answersLater, creates }: Operation): Json {
  if (answersLater) return { 202: { description: 'Aceptado' } };
  const [usual, created] = [responses('200'), responses('201')];
  if (!creates) return usual;
  return {
    201: { ...(created['201'] as Json), description: 'Creado', headers: LOCATION },
    200: { ...(usual['200'] as Json), description: 'Ya estaba: la repetición responde lo mismo', headers: LOCATION },
    default: usual['default'],
  };
}

function operationPath(operation: Operation): [string, Json] {
  const level = { system: '', type: `/${operation.type}`, instance: `/${operation.type}/{id}` }[operation.level];
  const place = `/fhir${level}/$${operation.name}`;
  const entry = {
    operationId: `${operation.name}-${operation.type ?? 'system'}-${operation.level}-${operation.method}`,
    summary: operation.purpose,
    tags: [operation.type ?? 'system'],
    parameters: [
      ...pathParameters(place),
      ...(operation.affectsState && operation.level === 'instance'
        ? [{ name: 'If-Match', in: 'header', required: !operation.ownRow, schema: { type: 'string' } }]
        : []),
    ],
    ...(operation.method === 'POST' ? { requestBody: { content: FHIR_CONTENT } } : {}),
    ...(operation.withoutToken ? { security: [] } : {}),
    responses: operationResponses(operation),
  };
  return [place, { [operation.method.toLowerCase()]: entry }];
}

const jobPath = (place: string, summary: string, more: Json): Json => ({
  summary,
  parameters: pathParameters(place),
  tags: ['async'],
  responses: { ...more, default: { description: 'OperationOutcome', content: FHIR_CONTENT } },
});

/** Where work that was asked for with `Prefer: respond-async` is followed (src/http/async-router.ts). */
const asyncPaths: Record<string, Json> = {
  [`/fhir${ASYNC_PLACES.job}`]: {
    get: {
      operationId: 'job-status',
      ...jobPath(ASYNC_PLACES.job, 'Cómo va un trabajo asíncrono; al terminar, su manifiesto o su respuesta', {
        200: { description: 'Terminado' },
        202: { description: 'En curso' },
      }),
    },
    delete: {
      operationId: 'job-cancel',
      ...jobPath(ASYNC_PLACES.job, 'Cancelar un trabajo asíncrono', { 202: { description: 'Cancelado' } }),
    },
  },
  [`/fhir${ASYNC_PLACES.file}`]: {
    get: {
      operationId: 'job-file',
      ...jobPath(ASYNC_PLACES.file, 'Un archivo NDJSON de una exportación', {
        200: { description: 'NDJSON', content: { 'application/fhir+ndjson': { schema: { type: 'string' } } } },
      }),
    },
  },
};

/** OpenAPI 3.1 description, derived from the routes, the search parameters and the operations that are served. */
export function openApi(context: AppContext): Json {
  const paths: Record<string, Json> = {};
  for (const [place, item] of [...systemPaths(), ...restPaths(context), ...context.operations.map(operationPath)])
    paths[place] = { ...paths[place], ...item };
  return {
    openapi: '3.1.0',
    info: {
      title: 'Sistema Nacional de Referencia y Respuesta',
      version: context.version,
      description: 'API FHIR R4. La descripción completa es el CapabilityStatement en /fhir/metadata.',
    },
    servers: [{ url: context.config.publicUrl }],
    security: [{ token: [] }],
    paths: {
      ...asyncPaths,
      '/fhir/metadata': { get: { operationId: 'capabilities', security: [], responses: responses('200') } },
      ...paths,
    },
    components: { securitySchemes: { token: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' } } },
  };
}
