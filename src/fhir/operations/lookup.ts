import type { Parameters, ParametersParameter } from '@medplum/fhirtypes';
import { fault } from '../../errors.js';
import { resourceAnswer } from '../answer.js';
import { auditDraft } from '../audit-draft.js';
import { publishedByUrl } from '../conformance/catalogue.js';
import type { FhirRequest, FhirResponse } from '../exchange.js';
import type { FhirContext } from '../fhir-context.js';
import { knownSystem } from '../terminology/known-system.js';
import { operationRows } from './operation-rows.js';
import { badInput, readInput } from './read-input.js';

const PARAMETERS = ['code', 'system', 'version', 'coding', 'displayLanguage', 'property'];

async function handle(context: FhirContext, request: FhirRequest): Promise<FhirResponse> {
  const input = readInput(request, PARAMETERS);
  const { system, code } = input.coding('coding') ?? { system: input.text('system'), code: input.text('code') };
  if (system === undefined || system === '') throw badInput('system', 'system');
  if (code === undefined || code === '') throw badInput('code', 'code');
  const version = input.text('version');
  const published = publishedByUrl(context, 'CodeSystem', version === undefined ? system : `${system}|${version}`);
  const codes = version !== undefined && !published ? undefined : await knownSystem(context, system);
  if (!codes) throw fault('terminology-unknown', { type: 'CodeSystem', name: system.slice(0, 200) });
  const concept = codes.get(code);
  if (!concept) throw fault('code-unknown', { code: code.slice(0, 100), system });
  const { designations = {}, display = code, definition, parent } = concept;
  const wanted = input.text('displayLanguage');
  const property = (name: string, value: ParametersParameter): ParametersParameter => ({
    name: 'property',
    part: [{ name: 'code', valueCode: name }, value],
  });
  const answer: Parameters = {
    resourceType: 'Parameters',
    parameter: [
      { name: 'name', valueString: published?.name ?? system },
      ...(published?.version === undefined ? [] : [{ name: 'version', valueString: published.version }]),
      { name: 'display', valueString: (wanted === undefined ? undefined : designations[wanted]) ?? display },
      ...Object.entries(designations).map(([language, value]) => ({
        name: 'designation',
        part: [
          { name: 'language', valueCode: language },
          { name: 'value', valueString: value },
        ],
      })),
      ...(definition === undefined ? [] : [property('definition', { name: 'value', valueString: definition })]),
      ...(parent === undefined ? [] : [property('parent', { name: 'value', valueCode: parent })]),
    ],
  };
  await context.store.auditor.record(auditDraft(request, { act: 'E', sub: '$lookup', q: `${system}|${code}` }));
  return resourceAnswer(200, answer);
}

/**
 * CodeSystem `$lookup` (https://hl7.org/fhir/R4/codesystem-operation-lookup.html): names, definition and parent of a code.
 * @throws ServiceError 404 `terminology-unknown` for a system that is not held here, `code-unknown` for a code it lacks
 */
export const lookupOperations = operationRows(
  {
    name: 'lookup',
    definition: 'http://hl7.org/fhir/OperationDefinition/CodeSystem-lookup',
    type: 'CodeSystem',
    affectsState: false,
    purpose: 'Qué dice un código: sus nombres y su definición.',
    handle,
  },
  ['type'],
);
