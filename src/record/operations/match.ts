import type { ParametersParameter, Patient, Resource } from '@medplum/fhirtypes';
import { fault, ServiceError } from '../../errors.js';
import { auditDraft } from '../../fhir/audit-draft.js';
import { toPlain } from '../../fhir/exact-json.js';
import type { FhirRequest, FhirResponse } from '../../fhir/exchange.js';
import type { FhirContext } from '../../fhir/fhir-context.js';
import type { Operation } from '../../fhir/operation.js';
import { resourceOf } from '../../fhir/stored-resource.js';
import type { FoundResource } from '../../store/envelope.js';
import { findCandidates } from '../matching/find-candidates.js';
import { matchGrade, type MatchGrade, matchScore } from '../matching/match-score.js';
import { personTraits } from '../matching/person-traits.js';

const MATCH_GRADE = 'http://hl7.org/fhir/StructureDefinition/match-grade';
const DEFAULT_COUNT = 10;
const MOST = 50;

interface Question {
  readonly patient: Patient;
  readonly count: number;
  readonly onlyCertain: boolean;
}

const refuse = (parameter: string, reason: string): ServiceError =>
  fault('operation-parameter', { parameter, reason }, `Parameters.parameter.where(name = '${parameter}')`);

function parametersOf(body: Resource | undefined): readonly ParametersParameter[] {
  if (body?.resourceType !== 'Parameters') throw refuse('resource', 'Parameters');
  // Not validated yet: what is no object says nothing.
  const given: unknown = body.parameter;
  return Array.isArray(given) ? (given as (ParametersParameter | null)[]).filter((one) => one !== null) : [];
}

/** Reads http://hl7.org/fhir/R4/patient-operation-match.html: `resource`, `count`, `onlyCertainMatches`. */
function questionOf(context: FhirContext, { body }: FhirRequest): Question {
  const parameters = parametersOf(body);
  const find = (name: string): ParametersParameter | undefined => parameters.find((one) => one.name === name);
  const resource = find('resource')?.resource;
  if (resource?.resourceType !== 'Patient') throw refuse('resource', 'Patient');
  const plain = toPlain(resource);
  const errors = context.validator
    .validate(plain)
    .filter(({ severity }) => severity === undefined || severity === 'error' || severity === 'fatal');
  if (errors.length > 0) throw new ServiceError(errors);
  const count: unknown = find('count')?.valueInteger ?? DEFAULT_COUNT;
  if (!Number.isInteger(count) || Number(count) < 1 || Number(count) > MOST) throw refuse('count', `1-${MOST}`);
  const onlyCertain: unknown = find('onlyCertainMatches')?.valueBoolean ?? false;
  if (typeof onlyCertain !== 'boolean') throw refuse('onlyCertainMatches', 'boolean');
  return { patient: plain, count: Number(count), onlyCertain };
}

interface Match {
  readonly stored: FoundResource;
  readonly score: number;
  readonly grade: MatchGrade;
}

async function matchesOf(context: FhirContext, request: FhirRequest, question: Question): Promise<readonly Match[]> {
  const { sameNumber, alike } = await findCandidates(context, request, question.patient);
  const certain = sameNumber.map((stored): Match => ({ stored, score: 1, grade: 'certain' }));
  if (question.onlyCertain) return certain;
  const traits = personTraits(question.patient);
  const others = alike
    .map((stored): Match => {
      const score = matchScore(traits, personTraits(resourceOf<Patient>(stored)));
      return { stored, score, grade: matchGrade(score) };
    })
    .filter(({ grade }) => grade !== 'certainly-not')
    .sort((a, b) => b.score - a.score || (a.stored._id < b.stored._id ? -1 : 1));
  return [...certain, ...others];
}

const entryText = (baseUrl: string, { stored, score, grade }: Match): string => {
  const search = { extension: [{ url: MATCH_GRADE, valueCode: grade }], mode: 'match', score };
  const fullUrl = JSON.stringify(`${baseUrl}/Patient/${stored._id}`);
  return `{"fullUrl":${fullUrl},"resource":${stored.json},"search":${JSON.stringify(search)}}`;
};

async function handle(context: FhirContext, request: FhirRequest): Promise<FhirResponse> {
  const question = questionOf(context, request);
  const matches = (await matchesOf(context, request, question)).slice(0, question.count);
  const ids = matches.map(({ stored }) => stored._id);
  await context.store.auditor.record(
    auditDraft(request, { act: 'E', sub: '$match', pt: ids, ent: ids.map((id) => `Patient/${id}`) }),
  );
  const entries = matches.map((match) => entryText(context.baseUrl, match));
  const entry = entries.length === 0 ? '' : `,"entry":[${entries.join(',')}]`;
  return {
    status: 200,
    headers: {},
    body: `{"resourceType":"Bundle","type":"searchset","total":${ids.length}${entry}}`,
  };
}

/**
 * `POST Patient/$match` (FHIR R4 patient-operation-match): who may be the same person, the likeliest first, with
 * `search.score` and the match-grade extension: `certain` for the same DNI, passport or temporary number anywhere in the
 * country, `probable` and `possible` by rules among people related to the caller's facilities. Writes nothing.
 * @throws ServiceError 400 `operation-parameter`; 422 for a Patient that is not valid
 */
export const match: Operation = {
  name: 'match',
  definition: 'http://hl7.org/fhir/OperationDefinition/Patient-match',
  level: 'type',
  type: 'Patient',
  method: 'POST',
  affectsState: false,
  purpose: 'Personas registradas que pueden ser la misma, con su grado de coincidencia; no guarda nada.',
  handle,
};
