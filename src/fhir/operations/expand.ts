import { randomUUID } from 'node:crypto';
import type { ValueSet, ValueSetExpansionContains, ValueSetExpansionParameter } from '@medplum/fhirtypes';
import { fault } from '../../errors.js';
import { resourceAnswer } from '../answer.js';
import { auditDraft } from '../audit-draft.js';
import type { FhirRequest, FhirResponse } from '../exchange.js';
import type { FhirContext } from '../fhir-context.js';
import { type ExpandedCode, expandValueSet, fitsFilter } from '../terminology/expansion.js';
import { findPublished } from '../terminology/find-published.js';
import { operationRows } from './operation-rows.js';
import { type OperationInput, readInput } from './read-input.js';

const PARAMETERS = ['url', 'filter', 'count', 'offset', 'includeDesignations', 'displayLanguage', 'activeOnly'];
/** Codes of one answer at most; more are asked for with `offset`. */
const MOST_CODES = 1_000;

function contains(
  { system, code, display, designations = {}, inactive }: ExpandedCode,
  language: string | undefined,
  withDesignations: boolean,
): ValueSetExpansionContains {
  const shown = (language === undefined ? undefined : designations[language]) ?? display;
  const designation = Object.entries(designations).map(([of, value]) => ({ language: of, value }));
  return {
    system,
    ...(inactive ? { inactive } : {}),
    code,
    ...(shown === undefined ? {} : { display: shown }),
    ...(withDesignations && designation.length > 0 ? { designation } : {}),
  };
}

function echo(input: OperationInput, count: number): ValueSetExpansionParameter[] {
  const [filter, language] = [input.text('filter'), input.text('displayLanguage')];
  return [
    ...(filter === undefined ? [] : [{ name: 'filter', valueString: filter }]),
    ...(language === undefined ? [] : [{ name: 'displayLanguage', valueCode: language }]),
    { name: 'count', valueInteger: count },
  ];
}

async function handle(context: FhirContext, request: FhirRequest): Promise<FhirResponse> {
  const input = readInput(request, PARAMETERS);
  const valueSet = findPublished<ValueSet>(context, request, 'ValueSet', input.text('url'));
  const count = Math.min(input.count('count') ?? MOST_CODES, MOST_CODES);
  const offset = input.count('offset') ?? 0;
  const withDesignations = input.flag('includeDesignations') ?? false;
  const all = await expandValueSet(context, valueSet);
  const systems = valueSet.compose?.include.flatMap(({ system }) => system ?? []).join(', ') ?? '-';
  if (!all) throw fault('expansion-impossible', { valueSet: valueSet.url ?? '-', reason: systems });
  const filter = input.text('filter');
  const active = input.flag('activeOnly') === true ? all.filter(({ inactive }) => inactive !== true) : all;
  const found = filter === undefined || filter.trim() === '' ? active : active.filter(fitsFilter(filter));
  const page = found.slice(offset, offset + count);
  const language = input.text('displayLanguage');
  const expansion: ValueSet = {
    ...valueSet,
    expansion: {
      identifier: `urn:uuid:${randomUUID()}`,
      timestamp: new Date().toISOString(),
      total: found.length,
      offset,
      parameter: echo(input, count),
      ...(page.length > 0 ? { contains: page.map((one) => contains(one, language, withDesignations)) } : {}),
    },
  };
  await context.store.auditor.record(
    auditDraft(request, { act: 'E', sub: '$expand', ent: [`ValueSet/${valueSet.id}`] }),
  );
  return resourceAnswer(200, expansion);
}

/**
 * ValueSet `$expand` (https://hl7.org/fhir/R4/valueset-operation-expand.html): codes of a value set, all or those whose
 * words begin as the words of `filter`, page by page.
 * @throws ServiceError 404 for an unknown value set, 422 `expansion-impossible` for one of code systems that are not held here
 */
export const expandOperations = operationRows(
  {
    name: 'expand',
    definition: 'http://hl7.org/fhir/OperationDefinition/ValueSet-expand',
    type: 'ValueSet',
    affectsState: false,
    purpose: 'Los códigos de un conjunto de valores, con filtro por palabras y por páginas.',
    handle,
  },
  ['type', 'instance'],
);
