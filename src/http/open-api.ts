import { TYPE_GROUPS } from '../access/policy/type-groups.js';
import type { AppContext } from '../context.js';
import { REST_ROUTES } from '../fhir/dispatch.js';
import { supports } from '../fhir/interaction-table.js';
import type { Operation } from '../fhir/operation.js';
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
  'search-type': 'Buscar',
  create: 'Crear',
  update: 'Actualizar',
  delete: 'Borrar',
};

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
  return servedParameters(context.definitions, type).map(({ code, type: kind, description }) => ({
    name: code,
    in: 'query',
    description: `${kind}: ${description}`,
    schema: { type: 'string' },
  }));
}

function restPaths(context: AppContext): [string, Json][] {
  return [...context.definitions.resourceTypes, ...TYPE_GROUPS.conformance].flatMap((type) =>
    REST_ROUTES.filter(({ interaction }) => supports(type, interaction)).map(
      ({ method, path, interaction }): [string, Json] => {
        const place = `/fhir/${path.replace(':type', type).replace(':id', '{id}').replace(':vid', '{vid}')}`;
        const writes = method === 'POST' || method === 'PUT';
        const operation = {
          operationId: `${interaction}-${type}${path.endsWith('_search') ? '-post' : ''}`,
          summary: `${SUMMARY[interaction] ?? interaction}: ${type}`,
          tags: [type],
          parameters: [
            ...pathParameters(place),
            ...(interaction === 'search-type' && method === 'GET' ? searchParameters(context, type) : []),
          ],
          ...(writes ? { requestBody: { required: true, content: FHIR_CONTENT } } : {}),
          responses: responses(interaction === 'create' ? '201' : interaction === 'delete' ? '204' : '200'),
        };
        return [place, { [method.toLowerCase()]: operation }];
      },
    ),
  );
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
    responses: responses('200'),
  };
  return [place, { [operation.method.toLowerCase()]: entry }];
}

/** OpenAPI 3.1 description, derived from the routes, the search parameters and the operations that are served. */
export function openApi(context: AppContext): Json {
  const paths: Record<string, Json> = {};
  for (const [place, item] of [...restPaths(context), ...context.operations.map(operationPath)])
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
      '/fhir': {
        post: {
          operationId: 'batch-transaction',
          summary: 'Bundle batch o transaction',
          requestBody: { required: true, content: FHIR_CONTENT },
          responses: responses('200'),
        },
      },
      '/fhir/metadata': { get: { operationId: 'capabilities', security: [], responses: responses('200') } },
      ...paths,
    },
    components: { securitySchemes: { token: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' } } },
  };
}
