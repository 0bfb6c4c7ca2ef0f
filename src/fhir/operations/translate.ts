import type { Coding, ConceptMap, ConceptMapGroup, Parameters, ParametersParameter } from '@medplum/fhirtypes';
import { resourceAnswer } from '../answer.js';
import { auditDraft } from '../audit-draft.js';
import { publishedOf } from '../conformance/catalogue.js';
import type { FhirRequest, FhirResponse } from '../exchange.js';
import type { FhirContext } from '../fhir-context.js';
import { findPublished } from '../terminology/find-published.js';
import { operationRows } from './operation-rows.js';
import { badInput, type OperationInput, readInput } from './read-input.js';

const PARAMETERS = [
  'url',
  'code',
  'system',
  'source',
  'target',
  'targetsystem',
  'coding',
  'codeableConcept',
  'reverse',
];

interface Match {
  readonly equivalence: string;
  readonly concept: Coding;
  readonly source: string;
}

/** Relation seen from the other side. */
const REVERSED: Readonly<Record<string, string>> = {
  wider: 'narrower',
  narrower: 'wider',
  subsumes: 'specializes',
  specializes: 'subsumes',
};

function codingsOf(input: OperationInput): readonly Coding[] {
  const [coding, concept, code] = [input.coding('coding'), input.codings('codeableConcept'), input.text('code')];
  if ([coding, concept, code].filter((one) => one !== undefined).length !== 1)
    throw badInput('code', 'code | coding | codeableConcept');
  if (coding) return [coding];
  if (concept) return concept;
  const system = input.text('system');
  if (system === undefined) throw badInput('system', 'system');
  return [{ system, code: code ?? '' }];
}

/** Maps that are asked: the one named, else every one from and to the named value sets. */
function mapsOf(context: FhirContext, request: FhirRequest, input: OperationInput): readonly ConceptMap[] {
  const url = input.text('url');
  if (url !== undefined || request.resourceId !== undefined)
    return [findPublished<ConceptMap>(context, request, 'ConceptMap', url)];
  const [source, target] = [input.text('source'), input.text('target')];
  return publishedOf(context, 'ConceptMap')
    .map(({ resource }) => resource as ConceptMap)
    .filter(
      ({ sourceCanonical, targetCanonical }) =>
        (source === undefined || source === sourceCanonical) && (target === undefined || target === targetCanonical),
    );
}

function forward({ source, target, element }: ConceptMapGroup, coding: Coding): Omit<Match, 'source'>[] {
  if (coding.system !== source) return [];
  return element
    .filter(({ code }) => code === coding.code)
    .flatMap(({ target: targets = [] }) =>
      targets.map(({ code, display, equivalence }) => ({
        equivalence,
        concept: {
          ...(target === undefined ? {} : { system: target }),
          ...(code === undefined ? {} : { code }),
          ...(display === undefined ? {} : { display }),
        },
      })),
    );
}

function backward({ source, target, element }: ConceptMapGroup, coding: Coding): Omit<Match, 'source'>[] {
  if (coding.system !== target) return [];
  return element.flatMap(({ code, display, target: targets = [] }) =>
    targets
      .filter((one) => one.code !== undefined && one.code === coding.code)
      .map(({ equivalence }) => ({
        equivalence: REVERSED[equivalence] ?? equivalence,
        concept: {
          ...(source === undefined ? {} : { system: source }),
          ...(code === undefined ? {} : { code }),
          ...(display === undefined ? {} : { display }),
        },
      })),
  );
}

const isMatch = ({ equivalence }: Match): boolean => equivalence !== 'unmatched' && equivalence !== 'disjoint';

function matchParameter(context: FhirContext, { equivalence, concept, source }: Match): ParametersParameter {
  const display = concept.display ?? context.definitions.display(concept.system ?? '', concept.code ?? '');
  const named = { ...concept, ...(display === undefined ? {} : { display }) };
  return {
    name: 'match',
    part: [
      { name: 'equivalence', valueCode: equivalence },
      ...(concept.code === undefined ? [] : [{ name: 'concept', valueCoding: named }]),
      { name: 'source', valueUri: source },
    ],
  };
}

async function handle(context: FhirContext, request: FhirRequest): Promise<FhirResponse> {
  const input = readInput(request, PARAMETERS);
  const codings = codingsOf(input);
  const targetSystem = input.text('targetsystem');
  const step = input.flag('reverse') === true ? backward : forward;
  const matches = mapsOf(context, request, input)
    .flatMap(({ url = '', group = [] }) =>
      group.flatMap((one) =>
        codings.flatMap((coding) => step(one, coding).map((found) => ({ ...found, source: url }))),
      ),
    )
    .filter(({ concept }) => targetSystem === undefined || concept.system === targetSystem);
  const result = matches.some(isMatch);
  const answer: Parameters = {
    resourceType: 'Parameters',
    parameter: [
      { name: 'result', valueBoolean: result },
      ...(result ? [] : [{ name: 'message', valueString: 'Sin equivalencia. / No match.' }]),
      ...matches.map((one) => matchParameter(context, one)),
    ],
  };
  await context.store.auditor.record(auditDraft(request, { act: 'E', sub: '$translate' }));
  return resourceAnswer(200, answer);
}

/**
 * ConceptMap `$translate` (https://hl7.org/fhir/R4/conceptmap-operation-translate.html), `reverse` included. Without a map
 * every map of the guide is asked. No match is an answer (`result` false), not an error.
 * @throws ServiceError 404 for an unknown map
 */
export const translateOperations = operationRows(
  {
    name: 'translate',
    definition: 'http://hl7.org/fhir/OperationDefinition/ConceptMap-translate',
    type: 'ConceptMap',
    affectsState: false,
    purpose: 'Traduce un código de un formulario o de la guía a otro sistema.',
    handle,
  },
  ['type', 'instance'],
);
