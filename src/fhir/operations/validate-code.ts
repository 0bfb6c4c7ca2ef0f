import type { CodeSystem, Coding, Parameters, ValueSet } from '@medplum/fhirtypes';
import { fault } from '../../errors.js';
import { resourceAnswer } from '../answer.js';
import { auditDraft } from '../audit-draft.js';
import { publishedByUrl } from '../conformance/catalogue.js';
import type { Concept } from '../definitions/terminology.js';
import type { FhirRequest, FhirResponse } from '../exchange.js';
import type { FhirContext } from '../fhir-context.js';
import { type ExpandedCode, expandValueSet } from '../terminology/expansion.js';
import { findPublished } from '../terminology/find-published.js';
import { knownSystem } from '../terminology/known-system.js';
import { operationRows } from './operation-rows.js';
import { badInput, type OperationInput, readInput } from './read-input.js';

const SHARED = ['url', 'code', 'display', 'coding', 'codeableConcept', 'displayLanguage'];
const PARAMETERS = {
  CodeSystem: [...SHARED, 'version'],
  ValueSet: [...SHARED, 'system', 'systemVersion', 'valueSetVersion'],
};

/** Codings to be judged: one of them must hold. */
function codingsOf(input: OperationInput, system: string | undefined): readonly Coding[] {
  const display = input.text('display');
  const [coding, concept, code] = [input.coding('coding'), input.codings('codeableConcept'), input.text('code')];
  const given = [coding, concept, code].filter((one) => one !== undefined);
  if (given.length !== 1) throw badInput('code', 'code | coding | codeableConcept');
  if (coding) return [coding];
  if (concept) return concept;
  if (system === undefined) throw badInput('system', 'system');
  return [{ system, code: code ?? '', ...(display === undefined ? {} : { display }) }];
}

interface Verdict {
  readonly result: boolean;
  /** The code that was found, also when its display is wrong. */
  readonly found?: ExpandedCode;
  /** Why not, or what is wrong beside a right code. */
  readonly message?: string;
}

const namesOf = ({ display, designations = {} }: ExpandedCode): readonly string[] => [
  ...(display === undefined ? [] : [display]),
  ...Object.values(designations),
];

/** Words about a display that is none of the names of the code; undefined when it is one, or there is nothing to compare. */
function displayFault({ display }: Coding, found: ExpandedCode): string | undefined {
  const names = namesOf(found);
  if (display === undefined || names.length === 0) return undefined;
  if (names.some((name) => name.toLowerCase() === display.toLowerCase())) return undefined;
  return `«${display}» no es el nombre de ${found.code} / is not its display: ${names.join(' | ')}`;
}

/**
 * One coding that is in the list is enough. A wrong display is told; it makes the answer false only where nothing else was
 * asked about (R4: a message beside a true result carries hints and warnings).
 */
function judge(codings: readonly Coding[], find: (coding: Coding) => ExpandedCode | undefined, where: string): Verdict {
  const known = codings.flatMap((coding) => {
    const found = find(coding);
    return found ? [{ found, fault: displayFault(coding, found) }] : [];
  });
  const best = known.find(({ fault: wrong }) => wrong === undefined) ?? known[0];
  if (!best) {
    const shown = codings.map(({ system = '', code = '' }) => `${system}|${code}`).join(', ') || '-';
    return { result: false, message: `${shown} no está en / is not in ${where}` };
  }
  const message = known.flatMap(({ fault: wrong }) => wrong ?? []).join('; ');
  return {
    result: best.fault === undefined || codings.length > 1,
    found: best.found,
    ...(message === '' ? {} : { message }),
  };
}

const unknownTerms = (type: 'CodeSystem' | 'ValueSet', name: string): Error =>
  fault('terminology-unknown', { type, name: name.slice(0, 200) });

/** Code systems of codings, each once. */
const systemsOf = (codings: readonly Coding[]): readonly string[] => [
  ...new Set(codings.flatMap(({ system }) => system ?? [])),
];

/** Those of the systems that are held in the version; all when none is asked for. */
const inVersion = (context: FhirContext, systems: readonly string[], version: string | undefined): readonly string[] =>
  systems.filter(
    (system) => version === undefined || publishedByUrl(context, 'CodeSystem', `${system}|${version}`) !== undefined,
  );

async function inValueSet(context: FhirContext, request: FhirRequest, input: OperationInput): Promise<Verdict> {
  const valueSet = findPublished<ValueSet>(context, request, 'ValueSet', input.text('url'));
  const url = valueSet.url ?? '';
  const version = input.text('valueSetVersion');
  if (version !== undefined && version !== valueSet.version) throw unknownTerms('ValueSet', `${url}|${version}`);
  const codings = codingsOf(input, input.text('system'));
  const systemVersion = input.text('systemVersion');
  const [system = ''] = systemsOf(codings);
  if (systemVersion !== undefined && inVersion(context, systemsOf(codings), systemVersion).length === 0)
    throw unknownTerms('CodeSystem', `${system}|${systemVersion}`);
  const codes = await expandValueSet(context, valueSet);
  if (!codes) throw fault('expansion-impossible', { valueSet: url, reason: 'code systems' });
  const byKey = new Map(codes.map((one) => [`${one.system}|${one.code}`, one]));
  return judge(codings, (coding) => byKey.get(`${coding.system ?? ''}|${coding.code ?? ''}`), url);
}

/**
 * Is a code of the code system that is named, or of its own where none is? The CIE-10 has no resource here, but its codes are
 * held. Systems that are not held are passed over as long as one is.
 */
async function inCodeSystem(context: FhirContext, request: FhirRequest, input: OperationInput): Promise<Verdict> {
  const url =
    request.resourceId === undefined
      ? input.text('url')
      : findPublished<CodeSystem>(context, request, 'CodeSystem', input.text('url')).url;
  const codings = codingsOf(input, url);
  const systems = url === undefined ? systemsOf(codings) : [url];
  const [first] = systems;
  if (first === undefined) throw badInput('url', 'CodeSystem');
  const version = input.text('version');
  const held = new Map<string, ReadonlyMap<string, Concept>>();
  for (const system of inVersion(context, systems, version)) {
    const codes = await knownSystem(context, system);
    if (codes) held.set(system, codes);
  }
  if (held.size === 0) throw unknownTerms('CodeSystem', version === undefined ? first : `${first}|${version}`);
  const find = ({ system = url ?? '', code = '' }: Coding): ExpandedCode | undefined => {
    const concept = held.get(system)?.get(code);
    return concept && { ...concept, system, code };
  };
  return judge(codings, find, [...held.keys()].join(', '));
}

const handle =
  (type: 'CodeSystem' | 'ValueSet') =>
  async (context: FhirContext, request: FhirRequest): Promise<FhirResponse> => {
    const input = readInput(request, PARAMETERS[type]);
    const judged = type === 'ValueSet' ? inValueSet : inCodeSystem;
    const { result, found, message } = await judged(context, request, input);
    const language = input.text('displayLanguage');
    const display = (language === undefined ? undefined : found?.designations?.[language]) ?? found?.display;
    const answer: Parameters = {
      resourceType: 'Parameters',
      parameter: [
        { name: 'result', valueBoolean: result },
        ...(message === undefined ? [] : [{ name: 'message', valueString: message }]),
        ...(display === undefined ? [] : [{ name: 'display', valueString: display }]),
      ],
    };
    await context.store.auditor.record(auditDraft(request, { act: 'E', sub: '$validate-code' }));
    return resourceAnswer(200, answer);
  };

/**
 * CodeSystem and ValueSet `$validate-code` (https://hl7.org/fhir/R4/valueset-operation-validate-code.html,
 * codesystem-operation-validate-code.html): is a code one of these, and is its display right? A code that is not is an
 * answer (`result` false), not an error.
 * @throws ServiceError 404 for a value set, a system, or a version of either that is not held here, 422 `expansion-impossible`
 */
export const validateCodeOperations = (['CodeSystem', 'ValueSet'] as const).flatMap((type) =>
  operationRows(
    {
      name: 'validate-code',
      definition: `http://hl7.org/fhir/OperationDefinition/${type}-validate-code`,
      type,
      affectsState: false,
      purpose: 'Dice si un código es del sistema o del conjunto, y si su nombre es correcto.',
      handle: handle(type),
    },
    ['type', 'instance'],
  ),
);
