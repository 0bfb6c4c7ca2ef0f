import type { CodeableConcept, ParametersParameter, Resource } from '@medplum/fhirtypes';
import { codeSystemUrl } from '../config/canonical.js';
import { type Finding, fault } from '../errors.js';
import type { Definitions } from '../fhir/definitions/definitions.js';
import { localTarget } from '../fhir/references.js';
import type { FieldKind, FieldRow } from './field.js';
import { FieldValues, conceptIn } from './field-values.js';

const KIND_ELEMENTS: Record<Exclude<FieldKind, 'any'>, readonly string[]> = {
  coded: ['valueCoding', 'valueCodeableConcept', 'valueCode'],
  string: ['valueString'],
  boolean: ['valueBoolean'],
  integer: ['valueInteger', 'valuePositiveInt'],
  date: ['valueDate'],
  time: ['valueTime'],
  dateTime: ['valueDateTime'],
  instant: ['valueInstant'],
  Reference: ['valueReference'],
  Quantity: ['valueQuantity'],
  resource: ['resource'],
};

/** The acting PractitionerRole, which every operation accepts and systems must give. */
export const ACTOR_FIELD: FieldRow = { name: 'actor', kinds: ['Reference'], targets: ['PractitionerRole'] };

interface Reading {
  readonly values: FieldValues;
  /** Findings of 422: what is missing and codes that do not exist. */
  readonly findings: readonly Finding[];
}

const malformed = (parameter: string, reason: string): Error => fault('operation-parameter', { parameter, reason });

const carriers = (parameter: ParametersParameter): string[] =>
  Object.keys(parameter).filter((key) => key.startsWith('value') || key === 'resource' || key === 'part');

function assertForm(row: FieldRow, parameter: ParametersParameter, path: string): void {
  const found = carriers(parameter);
  const expected = row.parts ? ['part'] : row.kinds.flatMap((kind) => (kind === 'any' ? [] : KIND_ELEMENTS[kind]));
  const fits = row.kinds.includes('any') ? found.length === 1 : found.length === 1 && expected.includes(found[0] ?? '');
  if (!fits) throw malformed(path, `needs ${row.kinds.includes('any') ? 'a value' : expected.join(' or ')}`);
  const type = parameter.resource?.resourceType ?? localTarget(parameter.valueReference?.reference ?? '')?.type;
  if (row.targets && (parameter.resource || parameter.valueReference) && !(type && row.targets.includes(type)))
    throw malformed(path, `needs ${row.targets.join(' or ')}`);
}

/** Completes the system of a coded value and says when the code is not one of those allowed. */
function checkCode(
  row: FieldRow,
  concept: CodeableConcept,
  path: string,
  definitions: Definitions,
): { concept: CodeableConcept; finding?: Finding } {
  const coding = concept.coding?.[0];
  if (row.oneOf) {
    if (coding?.code && row.oneOf.includes(coding.code)) return { concept };
    const params = { value: coding?.code ?? '', valueSet: row.oneOf.join(' | ') };
    return { concept, finding: { code: 'code-invalid', params, expression: path } };
  }
  if (!row.codes) return { concept };
  const systems = row.codes.map(codeSystemUrl);
  const system = systems.find(
    (candidate) => (coding?.system ?? candidate) === candidate && definitions.display(candidate, coding?.code ?? ''),
  );
  if (system === undefined || !coding) {
    const value = `${coding?.system ?? ''}|${coding?.code ?? ''}`;
    const params = { value, valueSet: systems.join(' | ') };
    return { concept, finding: { code: 'code-invalid', params, expression: path } };
  }
  const display = definitions.display(system, coding.code ?? '');
  const known = { system, code: coding.code, display };
  return { concept: { ...concept, coding: [known, ...(concept.coding ?? []).slice(1)] } };
}

function readLevel(
  operation: string,
  rows: readonly FieldRow[],
  parameters: readonly ParametersParameter[],
  prefix: string,
  definitions: Definitions,
  findings: Finding[],
): ParametersParameter[] {
  const missing = (path: string): Finding => ({
    code: 'field-missing',
    params: { operation: `$${operation}`, field: path },
    expression: path,
  });
  const read = parameters.map((parameter) => {
    const path = `${prefix}${parameter.name}`;
    const row = rows.find(({ name }) => name === parameter.name);
    if (!row)
      throw malformed(path, `unknown; $${operation} takes ${rows.map(({ name }) => name).join(', ') || 'none'}`);
    assertForm(row, parameter, path);
    if (row.parts) {
      const part = readLevel(operation, row.parts, parameter.part ?? [], `${path}.`, definitions, findings);
      if (row.anyPart && part.length === 0)
        findings.push(missing(`${path}.${row.parts.map(({ name }) => name).join('|')}`));
      return { ...parameter, part };
    }
    const concept =
      parameter.valueString === undefined && !row.kinds.includes('any') ? conceptIn(parameter) : undefined;
    if (!concept) return parameter;
    const checked = checkCode(row, concept, path, definitions);
    if (checked.finding) findings.push(checked.finding);
    return { name: parameter.name, valueCodeableConcept: checked.concept };
  });
  for (const row of rows) {
    const count = parameters.filter(({ name }) => name === row.name).length;
    if (count > 1 && !row.repeats) throw malformed(`${prefix}${row.name}`, 'given more than once');
    const said = row.unless !== undefined && parameters.some(({ name }) => name === row.unless);
    if (count === 0 && row.required && !said) findings.push(missing(`${prefix}${row.name}`));
  }
  return read;
}

/** A parameter under the name of its row, when it came under the older one. */
const renamed = (rows: readonly FieldRow[], parameter: ParametersParameter): ParametersParameter => {
  const row = rows.find(({ alias }) => alias !== undefined && alias === parameter.name);
  return row ? { ...parameter, name: row.name } : parameter;
};

/**
 * Reads the Parameters of an operation by its rows.
 * Throws 400 `operation-parameter` for a body that is no Parameters, an unknown name, a wrong form or a repetition;
 * what is missing or not in its code system comes back as findings (422), so that all of them can be told at once.
 */
export function readFields(
  operation: string,
  rows: readonly FieldRow[],
  body: Resource | undefined,
  definitions: Definitions,
): Reading {
  if (body !== undefined && body.resourceType !== 'Parameters') throw malformed('body', 'needs a Parameters resource');
  const parameters = (body?.parameter ?? []).map((parameter) => renamed(rows, parameter));
  const findings: Finding[] = [];
  const read = readLevel(operation, [...rows, ACTOR_FIELD], parameters, '', definitions, findings);
  return { values: new FieldValues(read), findings };
}
