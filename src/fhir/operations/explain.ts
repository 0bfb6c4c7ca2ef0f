import type { Parameters, ParametersParameter } from '@medplum/fhirtypes';
import { groupOf } from '../../access/policy/type-groups.js';
import { operationUrl } from '../../config/canonical.js';
import { fault } from '../../errors.js';
import { resourceAnswer } from '../answer.js';
import { auditDraft } from '../audit-draft.js';
import type { FhirRequest, FhirResponse } from '../exchange.js';
import type { FhirContext } from '../fhir-context.js';
import type { Operation } from '../operation.js';
import { parseSearch } from '../search/parse.js';
import { planSearch } from '../search/plan.js';
import { badInput, readInput } from './read-input.js';

/** One stage of a plan and the index it reads; bounds and filters hold what was asked for, and are left out. */
interface Stage {
  readonly stage: string;
  readonly index?: string;
}

type Node = Readonly<Record<string, unknown>>;

/** Stages from the outermost to the index scans. */
function stagesOf(node: unknown): readonly Stage[] {
  if (typeof node !== 'object' || node === null) return [];
  const { stage, indexName, inputStage, inputStages, queryPlan } = node as Node;
  const inner = [inputStage, queryPlan, ...(Array.isArray(inputStages) ? (inputStages as unknown[]) : [])];
  const own =
    typeof stage === 'string' ? [{ stage, ...(typeof indexName === 'string' ? { index: indexName } : {}) }] : [];
  return [...own, ...inner.flatMap(stagesOf)];
}

/** Characters of the question that the audit keeps. */
const KEPT_TEXT = 500;

const numberIn = (node: unknown, name: string): number => Number((node as Node | undefined)?.[name] ?? 0);

function searchOf(text: string): { type: string; query: (readonly [string, string])[] } {
  const [type = '', search = ''] = text.split('?', 2);
  return { type, query: [...new URLSearchParams(search)] };
}

async function handle(context: FhirContext, request: FhirRequest): Promise<FhirResponse> {
  const asked = readInput(request, ['search']).text('search');
  if (asked === undefined) throw badInput('search', 'Type?name=value');
  const { type, query } = searchOf(asked);
  if (!context.definitions.isResourceType(type) || type === 'AuditEvent') throw fault('type-unknown', { type });
  const search = parseSearch(context.definitions, type, query, { baseUrl: context.baseUrl });
  const plan = planSearch(search, {});
  // How many there are of what was asked for, and the time it takes, would say who has what.
  const counted = groupOf(type) === 'directory';
  const options = { sort: plan.sort, limit: search.count + 1 };
  const explained = await context.store.explain(
    type,
    plan.filter,
    options,
    counted ? 'executionStats' : 'queryPlanner',
  );
  const planner = (explained['queryPlanner'] ?? {}) as Node;
  const { executionStats } = explained as { executionStats?: Node };
  const stages = stagesOf(planner['winningPlan']);
  const figure = (name: string, counter: string): ParametersParameter => ({
    name,
    valueInteger: numberIn(executionStats, counter),
  });
  const answer: Parameters = {
    resourceType: 'Parameters',
    parameter: [
      { name: 'order', valueCode: plan.order },
      ...stages.map(({ stage, index }): ParametersParameter => ({
        name: 'stage',
        part: [
          { name: 'name', valueCode: stage },
          ...(index === undefined ? [] : [{ name: 'index', valueString: index }]),
        ],
      })),
      ...(counted
        ? [
            figure('keysExamined', 'totalKeysExamined'),
            figure('documentsExamined', 'totalDocsExamined'),
            figure('returned', 'nReturned'),
            figure('milliseconds', 'executionTimeMillis'),
          ]
        : []),
    ],
  };
  await context.store.auditor.record(auditDraft(request, { act: 'E', sub: '$explain', q: asked.slice(0, KEPT_TEXT) }));
  return resourceAnswer(200, answer);
}

/**
 * `GET [base]/$explain?search=Type%3Fname=value`: how the database carries out a search: the stages of the winning plan and the
 * names of the indexes. For those who run the service; no resource leaves. Keys and documents examined, rows and time are told of
 * the directory alone: of patient data the search is planned and not carried out, for any figure would answer what a search
 * may not. The audit keeps the question.
 * @throws ServiceError 400 for a search that is not understood, 404 for an unknown type
 */
export const explainOperation: Operation = {
  name: 'explain',
  definition: operationUrl('explain'),
  level: 'system',
  method: 'GET',
  affectsState: false,
  purpose: 'El plan de una búsqueda: índices y documentos examinados, sin datos de personas.',
  handle,
};
