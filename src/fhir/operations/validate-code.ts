import type { CodeSystem, Coding, Parameters, ValueSet } from '@medplum/fhirtypes';
import { fault } from '../../errors.js';
import { resourceAnswer } from '../answer.js';
import { auditDraft } from '../audit-draft.js';
import type { FhirRequest, FhirResponse } from '../exchange.js';
import type { FhirContext } from '../fhir-context.js';
import { type ExpandedCode, expandValueSet } from '../terminology/expansion.js';
import { findPublished } from '../terminology/find-published.js';
import { knownSystem } from '../terminology/known-system.js';
import { operationRows } from './operation-rows.js';
import { badInput, type OperationInput, readInput } from './read-input.js';

const SHARED = ['url', 'code', 'display', 'version', 'coding', 'codeableConcept', 'displayLanguage'];
const PARAMETERS = { CodeSystem: SHARED, ValueSet: [...SHARED, 'system', 'systemVersion', 'valueSetVersion'] };

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
  readonly found?: ExpandedCode;
  readonly message?: string;
}

const namesOf = ({ display, designations = {} }: ExpandedCode): readonly string[] => [
  ...(display === undefined ? [] : [display]),
  ...Object.values(designations),
];

/** The first coding that is in the list; a display that is none of its names makes it wrong (R4: "display ... validated"). */
function judge(codings: readonly Coding[], find: (coding: Coding) => ExpandedCode | undefined, where: string): Verdict {
  for (const coding of codings) {
    const found = find(coding);
    if (!found) continue;
    const names = namesOf(found);
    const { display } = coding;
    if (
      display === undefined ||
      names.length === 0 ||
      names.some((name) => name.toLowerCase() === display.toLowerCase())
    )
      return { found };
    return { message: `«${display}» no es el nombre de ${found.code} / is not its display: ${names.join(' | ')}` };
  }
  const shown = codings.map(({ system = '', code = '' }) => `${system}|${code}`).join(', ') || '-';
  return { message: `${shown} no está en / is not in ${where}` };
}

async function inValueSet(context: FhirContext, request: FhirRequest, input: OperationInput): Promise<Verdict> {
  const valueSet = findPublished<ValueSet>(context, request, 'ValueSet', input.text('url'));
  const codings = codingsOf(input, input.text('system'));
  const codes = await expandValueSet(context, valueSet);
  const url = valueSet.url ?? '';
  if (!codes) throw fault('expansion-impossible', { valueSet: url, reason: 'code systems' });
  const byKey = new Map(codes.map((one) => [`${one.system}|${one.code}`, one]));
  return judge(codings, ({ system = '', code = '' }) => byKey.get(`${system}|${code}`), url);
}

/** Canonical of the code system that is asked about; the CIE-10 has no resource here, but its codes are held. */
function systemOf(context: FhirContext, request: FhirRequest, input: OperationInput): string {
  const url = input.text('url') ?? input.coding('coding')?.system;
  if (request.resourceId !== undefined)
    return findPublished<CodeSystem>(context, request, 'CodeSystem', input.text('url')).url ?? '';
  const first = url ?? input.codings('codeableConcept')?.[0]?.system;
  if (first === undefined) throw badInput('url', 'CodeSystem');
  return first;
}

async function inCodeSystem(context: FhirContext, request: FhirRequest, input: OperationInput): Promise<Verdict> {
  const url = systemOf(context, request, input);
  const codings = codingsOf(input, url);
  const codes = await knownSystem(context, url);
  if (!codes) throw fault('terminology-unknown', { type: 'CodeSystem', name: url.slice(0, 200) });
  const find = ({ system = url, code = '' }: Coding): ExpandedCode | undefined => {
    const concept = system === url ? codes.get(code) : undefined;
    return concept && { ...concept, system, code };
  };
  return judge(codings, find, url);
}

const handle =
  (type: 'CodeSystem' | 'ValueSet') =>
  async (context: FhirContext, request: FhirRequest): Promise<FhirResponse> => {
    const input = readInput(request, PARAMETERS[type]);
    const judged = type === 'ValueSet' ? inValueSet : inCodeSystem;
    const { found, message } = await judged(context, request, input);
    const language = input.text('displayLanguage');
    const display = (language === undefined ? undefined : found?.designations?.[language]) ?? found?.display;
    const answer: Parameters = {
      resourceType: 'Parameters',
      parameter: [
        { name: 'result', valueBoolean: found !== undefined },
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
 * @throws ServiceError 404 for an unknown value set or a system that is not held here, 422 `expansion-impossible`
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
