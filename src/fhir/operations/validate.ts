import type { Parameters, ParametersParameter, Resource } from '@medplum/fhirtypes';
import { fault, type Finding, isServiceError, toOperationOutcome } from '../../errors.js';
import { resourceAnswer } from '../answer.js';
import { assertUnreferenced } from '../assert-unreferenced.js';
import { auditDraft } from '../audit-draft.js';
import type { FhirRequest, FhirResponse } from '../exchange.js';
import type { FhirContext } from '../fhir-context.js';
import { loadVisible } from '../load-visible.js';
import type { Operation } from '../operation.js';
import { patientOf } from '../patient-of.js';
import { missingReferences } from '../reference-check.js';
import { resourceOf } from '../stored-resource.js';

const DEFINITION = 'http://hl7.org/fhir/OperationDefinition/Resource-validate';
const MODES = ['create', 'update', 'delete', 'profile'] as const;
type Mode = (typeof MODES)[number];
const KNOWN: ReadonlySet<string> = new Set(['resource', 'mode', 'profile', '_format', '_pretty']);

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
function questionOf({ body, query, type = '' }: FhirRequest): Question {
  const parameters = isParameters(body) ? namedParameters(body) : [];
  const names: readonly unknown[] = [...query.map(([name]) => name), ...parameters.map(({ name }) => name)];
  const unknown = names.find((name): name is string => typeof name === 'string' && !KNOWN.has(name));
  if (unknown !== undefined) throw fault('parameter-unknown', { parameter: unknown, type: `${type}/$validate` });
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
  const wrongId = id === undefined ? resource?.id === undefined : resource?.id !== id;
  if (mode === 'update' && wrongId) findings.push({ code: 'id-mismatch', expression: `${actual}.id` });
  return findings;
}

/** What a write would refuse besides the content: references to what is not here or hidden from the caller. */
async function referenceFindings(
  context: FhirContext,
  request: FhirRequest,
  { resource, mode }: Question,
): Promise<readonly Finding[]> {
  if (!resource || (mode !== 'create' && mode !== 'update')) return [];
  const nothing = { has: () => false, deletes: () => false, relates: () => false, onlyAsks: true } as const;
  const findings = await missingReferences(context, context.store, request.caller, [resource], nothing);
  const id = patientOf(context.definitions, resource, context.baseUrl);
  const [patient] = id === undefined ? [] : await context.store.heads('Patient', [id]);
  await recordQuestion(context, request, mode, patient?.pt);
  return findings;
}

/** What a write would say is an answer about what is stored: it is on record like one. */
async function recordQuestion(
  { store }: FhirContext,
  request: FhirRequest,
  mode: Mode,
  patient: string | undefined,
): Promise<void> {
  const { type = '', resourceId } = request;
  await store.auditor.record(
    auditDraft(request, {
      act: 'E',
      sub: '$validate',
      pt: patient === undefined ? [] : [patient],
      ent: resourceId === undefined ? [] : [`${type}/${resourceId}`],
      det: { mode, type },
    }),
  );
}

/** Could the instance be deleted: is it there, and does nothing refer to it? */
async function deletionFindings(context: FhirContext, request: FhirRequest): Promise<readonly Finding[]> {
  const { type = '', resourceId } = request;
  if (resourceId === undefined) return [];
  try {
    const { pt } = await loadVisible(context, request, type, resourceId);
    await recordQuestion(context, request, 'delete', pt);
    await assertUnreferenced(context, type, resourceId);
    return [];
  } catch (error) {
    if (isServiceError(error) && error.status < 500) return error.findings;
    throw error;
  }
}

/** The resource that is asked about: the given one, else the stored instance of the URL. */
async function subjectOf(context: FhirContext, request: FhirRequest, question: Question): Promise<Resource> {
  const { type = '', resourceId } = request;
  const { resource } = question;
  if (resource) return resource;
  if (resourceId === undefined) throw fault('operation-parameter', { parameter: 'resource', reason: 'resource' });
  const stored = await loadVisible(context, request, type, resourceId);
  const pt = stored.pt === undefined ? [] : [stored.pt];
  await context.store.auditor.record(
    auditDraft(request, { act: 'R', sub: '$validate', pt, ent: [`${type}/${resourceId}`] }),
  );
  return resourceOf(stored);
}

async function findingsOf(context: FhirContext, request: FhirRequest): Promise<readonly Finding[]> {
  const asked = questionOf(request);
  const { mode, profiles } = asked;
  // a deletion is not about content
  if (mode === 'delete' && !asked.resource) return deletionFindings(context, request);
  if (mode === 'profile' && profiles.length === 0)
    throw fault('operation-parameter', { parameter: 'profile', reason: 'uri' });
  const resource = await subjectOf(context, request, asked);
  const question = { ...asked, resource };
  const content = context.validator.validate(resource, { profiles });
  // What is no object cannot be walked for references.
  const broken = content.some(({ code }) => code === 'body-too-deep' || code === 'key-unsafe' || code === 'structure');
  const references = broken ? [] : await referenceFindings(context, request, question);
  return [...placeFindings(request, question), ...content, ...references];
}

async function outcomeOf(context: FhirContext, request: FhirRequest): Promise<FhirResponse> {
  const findings = await findingsOf(context, request);
  return resourceAnswer(200, toOperationOutcome(findings.length > 0 ? findings : [{ code: 'ok' }]));
}

/**
 * `$validate` of each type, at type and instance level (https://hl7.org/fhir/R4/resource-operation-validate.html): always 200
 * with what was found, `ok` when nothing was. Modes `create` and `update` look at references and ids too, `delete` at what
 * refers to the instance; without a resource the stored instance is judged. Writes nothing but the audit: what these modes answer
 * tells of what is stored. A patient out of the caller's reach looks like an unknown one, also where a visit would open the record.
 * @param types served resource types
 * @throws ServiceError 400 `parameter-unknown`, and `operation-parameter` without a resource, with an unknown mode, or mode
 *   `profile` without a profile; 404 for an instance that is not there or hidden
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
      handle: outcomeOf,
    })),
  );
