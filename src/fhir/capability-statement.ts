import type {
  CapabilityStatement,
  CapabilityStatementRestResource,
  CapabilityStatementRestResourceOperation,
  CapabilityStatementRestSecurity,
} from '@medplum/fhirtypes';
import { isConformanceType, TYPE_GROUPS } from '../access/policy/type-groups.js';
import { CANONICAL_ROOT } from '../config/canonical.js';
import { createsByUpdate } from './creates-by-update.js';
import type { FhirContext } from './fhir-context.js';
import { interactionsOf, supports, SYSTEM_INTERACTIONS } from './interaction-table.js';
import type { Operation } from './operation.js';
import { PATCH_FORMATS } from './patch/patched.js';
import { COMMON_PARAMETERS } from './search/common-parameters.js';
import { declaredIncludes } from './search/declared-includes.js';
import { describeParameter } from './search/describe-parameter.js';
import { servedParameters } from './search/served-parameters.js';

interface Described extends Pick<FhirContext, 'definitions' | 'operations' | 'baseUrl' | 'version'> {
  /** Canonical URLs of the topics that a Subscription may name. */
  readonly topics?: readonly string[];
}

/** Subscriptions R5 Backport: the topics of a server stand at the resource Subscription of its CapabilityStatement. */
const TOPIC_CANONICAL =
  'http://hl7.org/fhir/uv/subscriptions-backport/StructureDefinition/capabilitystatement-subscriptiontopic-canonical';

const OAUTH_URIS = 'http://fhir-registry.smarthealthit.org/StructureDefinition/oauth-uris';
const SECURITY_SERVICE = 'http://terminology.hl7.org/CodeSystem/restful-security-service';
/** https://hl7.org/fhir/R4/http.html#mime-type */
const FORMATS = ['application/fhir+json', 'json', 'application/fhir+xml', 'xml'];

/** Start of the process: the moment from which this statement is true. */
const startedAt = new Date().toISOString();

/** Same name at two levels of a type (`$validate`) is one operation. */
function operationsOf(operations: readonly Operation[]): { operation?: CapabilityStatementRestResourceOperation[] } {
  const rows = new Map(
    operations.map(({ name, definition, purpose }) => [name, { name, definition, documentation: purpose }]),
  );
  return rows.size > 0 ? { operation: [...rows.values()] } : {};
}

/** By both headers where there are versions, by If-None-Match alone where only the content tells; audit records have neither. */
function conditionalRead(type: string): NonNullable<CapabilityStatementRestResource['conditionalRead']> {
  if (supports(type, 'vread')) return 'full-support';
  return isConformanceType(type) ? 'not-match' : 'not-supported';
}

function resourceRow(
  { definitions, operations, topics = [] }: Described,
  type: string,
): CapabilityStatementRestResource {
  const profiles = definitions.profiles.filter((profile) => profile.type === type).map(({ url }) => url);
  const parameters = servedParameters(definitions, type);
  const { include, revinclude } = declaredIncludes(definitions, type);
  return {
    ...(type === 'Subscription' && topics.length > 0
      ? { extension: topics.map((valueCanonical) => ({ url: TOPIC_CANONICAL, valueCanonical })) }
      : {}),
    type: type as CapabilityStatementRestResource['type'],
    profile: `http://hl7.org/fhir/StructureDefinition/${type}`,
    ...(profiles.length > 0 ? { supportedProfile: profiles } : {}),
    interaction: interactionsOf(type).map((code) => ({ code })),
    // If-Match is taken, not demanded: `versioned-update` would promise that it must be sent.
    versioning: supports(type, 'vread') ? 'versioned' : 'no-version',
    readHistory: supports(type, 'vread'),
    updateCreate: createsByUpdate(type),
    conditionalCreate: supports(type, 'create'),
    // If-None-Match and If-Modified-Since are answered by the HTTP layer from ETag and Last-Modified.
    conditionalRead: conditionalRead(type),
    conditionalUpdate: supports(type, 'update'),
    conditionalDelete: supports(type, 'delete') ? 'single' : 'not-supported',
    ...(include.length > 0 ? { searchInclude: [...include] } : {}),
    ...(revinclude.length > 0 ? { searchRevInclude: [...revinclude] } : {}),
    ...(parameters.length > 0
      ? {
          searchParam: parameters.map((parameter) => ({
            name: parameter.code,
            definition: parameter.url,
            type: parameter.type,
            documentation: describeParameter(definitions, type, parameter),
          })),
        }
      : {}),
    ...operationsOf(operations.filter((operation) => operation.type === type)),
  };
}

function security(baseUrl: string): CapabilityStatementRestSecurity {
  const issuer = baseUrl.replace(/\/fhir$/, '');
  return {
    cors: false,
    service: [{ coding: [{ system: SECURITY_SERVICE, code: 'SMART-on-FHIR', display: 'SMART-on-FHIR' }] }],
    description:
      'OAuth 2.0 con alcances SMART 2.2: credenciales de cliente (private_key_jwt) para sistemas, código de autorización con ' +
      'PKCE para las personas en las páginas del servicio; vea /.well-known/smart-configuration.',
    extension: [
      {
        url: OAUTH_URIS,
        extension: [
          { url: 'authorize', valueUri: `${issuer}/oauth/auth` },
          { url: 'token', valueUri: `${issuer}/oauth/token` },
        ],
      },
    ],
  };
}

/**
 * CapabilityStatement of this server (https://hl7.org/fhir/R4/http.html#capabilities), wholly derived: types and search
 * parameters from the definitions, interactions from the interaction table, operations from their rows.
 */
export function capabilityStatement(context: Described): CapabilityStatement {
  const { definitions, operations, baseUrl, version } = context;
  return {
    resourceType: 'CapabilityStatement',
    url: `${CANONICAL_ROOT}/CapabilityStatement/servidor`,
    version,
    name: 'ReferenciaRespuestaHonduras',
    title: 'Sistema Nacional de Referencia y Respuesta de Honduras',
    status: 'active',
    date: startedAt,
    publisher: 'Secretaría de Salud de Honduras',
    description:
      'Referencia y respuesta entre establecimientos de salud y expediente clínico electrónico. ' +
      'Un parámetro, modificador o tipo que no aparece aquí se rechaza con un OperationOutcome.',
    jurisdiction: [{ coding: [{ system: 'urn:iso:std:iso:3166', code: 'HN', display: 'Honduras' }] }],
    kind: 'instance',
    software: { name: 'referencia-respuesta-hn', version },
    implementation: { description: 'Referencia y Respuesta, API FHIR', url: baseUrl },
    fhirVersion: '4.0.1',
    format: FORMATS,
    patchFormat: [...PATCH_FORMATS],
    rest: [
      {
        mode: 'server',
        documentation:
          'Las referencias cambian de estado solo con operaciones sobre Task y ServiceRequest, con If-Match. ' +
          'Cada lectura y escritura queda en la auditoría.',
        security: security(baseUrl),
        resource: [...definitions.resourceTypes, ...TYPE_GROUPS.conformance].map((type) => resourceRow(context, type)),
        interaction: SYSTEM_INTERACTIONS.map((code) => ({ code })),
        searchParam: [...COMMON_PARAMETERS],
        compartment: ['http://hl7.org/fhir/CompartmentDefinition/patient'],
        ...operationsOf(operations.filter(({ type }) => type === undefined)),
      },
    ],
  };
}
