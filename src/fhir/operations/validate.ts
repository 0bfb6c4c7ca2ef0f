import type { Parameters, ParametersParameter, Resource } from '@medplum/fhirtypes';
import { fault, type Finding, toOperationOutcome } from '../../errors.js';
import { resourceAnswer } from '../answer.js';
import type { FhirRequest, FhirResponse } from '../exchange.js';
import type { FhirContext } from '../fhir-context.js';
import type { Operation } from '../operation.js';

const DEFINITION = 'http://hl7.org/fhir/OperationDefinition/Resource-validate';
const MODES = ['create', 'update', 'delete', 'profile'] as const;
type Mode = (typeof MODES)[number];

/** What is asked, from the body and the query. */
interface Question {
  readonly resource?: Resource;
  readonly mode?: Mode;
  readonly profiles: readonly string[];
}

const isParameters = (body: Resource | undefined): body is Parameters => body?.resourceType === 'Parameters';
/** The body is not validated: what is no object names nothing. */
const namedParameters = ({ parameter }: Parameters): readonly ParametersParameter[] =>
  Array.isArray(parameter) ? (parameter as (ParametersParameter | null)[]).filter((one) => one !== null) : [];

/** Reads https://hl7.org/fhir/R4/resource-operation-validate.html, parameters in the body or in the URL. */
function questionOf({ body, query }: FhirRequest): Question {
  const parameters = isParameters(body) ? namedParameters(body) : [];
  const find = (name: string): ParametersParameter | undefined => parameters.find((one) => one.name === name);
  const asked = (name: string): (string | undefined)[] => [
    ...query.filter(([key]) => key === name).map(([, value]) => value),
    ...parameters.filter((one) => one.name === name).map((one) => one.valueUri ?? one.valueCanonical ?? one.valueCode),
  ];
  const profiles = asked('profile').filter((url) => typeof url === 'string');
  const resource = isParameters(body) ? find('resource')?.resource : body;
  const mode = asked('mode')[0];
  if (mode !== undefined && !MODES.some((known) => known === mode)) {
    throw fault('operation-parameter', { parameter: 'mode', reason: MODES.join(', ') });
  }
  return { ...(resource ? { resource } : {}), ...(mode === undefined ? {} : { mode: mode as Mode }), profiles };
}

/** Faults that come from where the resource is to be written. */
function placeFindings(request: FhirRequest, { resource, mode }: Question): Finding[] {
  const findings: Finding[] = [];
  const actual = resource?.resourceType ?? '-';
  if (actual !== request.type) {
    findings.push({ code: 'type-mismatch', params: { actual, expected: request.type ?? '-' }, expression: actual });
  }
  const id = request.resourceId;
  if (mode === 'update' && id !== undefined && resource?.id !== id) {
    findings.push({ code: 'id-mismatch', expression: `${actual}.id` });
  }
  return findings;
}

function outcomeOf(context: FhirContext, request: FhirRequest): FhirResponse {
  const question = questionOf(request);
  const { resource, mode, profiles } = question;
  // a deletion is not about content
  if (mode === 'delete' && !resource) return resourceAnswer(200, toOperationOutcome([{ code: 'ok' }]));
  if (!resource) throw fault('operation-parameter', { parameter: 'resource', reason: 'resource' });
  const findings = [...placeFindings(request, question), ...context.validator.validate(resource, { profiles })];
  return resourceAnswer(200, toOperationOutcome(findings.length > 0 ? findings : [{ code: 'ok' }]));
}

/**
 * `$validate` of each type, at type and instance level: always 200 with what was found, `ok` when nothing was.
 * Writes nothing.
 * @param types served resource types
 * @throws ServiceError `operation-parameter` without a resource or with an unknown mode
 */
export const validateOperations = (types: readonly string[]): readonly Operation[] =>
  types.flatMap((type) =>
    (['type', 'instance'] as const).map((level): Operation => ({
      name: 'validate',
      definition: DEFINITION,
      level,
      type,
      method: 'POST',
      affectsState: false,
      purpose: 'Dice si un recurso es válido y, si no, por qué; no guarda nada.',
      handle: async (context, request) => outcomeOf(context, request),
    })),
  );
