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

/** Counts up to this one look the same: "none" and "one" would say whether a person has what was asked for. */
const SMALL = 10;

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
  const explained = await context.store.explain(type, plan.filter, { sort: plan.sort, limit: search.count + 1 });
  const planner = (explained['queryPlanner'] ?? {}) as Node;
  const { executionStats } = explained as { executionStats?: Node };
  const stages = stagesOf(planner['winningPlan']);
  const count = (name: string): number => {
    const exact = numberIn(executionStats, name);
    return groupOf(type) === 'directory' ? exact : Math.max(exact, SMALL);
  };
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
      { name: 'keysExamined', valueInteger: count('totalKeysExamined') },
      { name: 'documentsExamined', valueInteger: count('totalDocsExamined') },
      { name: 'returned', valueInteger: count('nReturned') },
      { name: 'milliseconds', valueInteger: numberIn(executionStats, 'executionTimeMillis') },
    ],
  };
  await context.store.auditor.record(auditDraft(request, { act: 'E', sub: '$explain', q: type }));
  return resourceAnswer(200, answer);
}

/**
 * `GET [base]/$explain?search=Type%3Fname=value`: how the database carries out a search: the stages of the winning plan, the
 * names of the indexes, keys and documents examined. For those who run the service; no resource leaves, and no value that was
 * asked for is kept. Counts are of the whole store; for patient data those up to 10 are all given as 10.
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
