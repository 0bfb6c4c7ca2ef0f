import type { CodeableConcept, Coding, ParametersParameter } from '@medplum/fhirtypes';
import { fault } from '../../errors.js';
import type { FhirRequest } from '../exchange.js';

/** Input of an operation, from the URL or from a body of type Parameters. */
export interface OperationInput {
  /** Text of a primitive parameter; undefined when it is absent. */
  text(name: string): string | undefined;
  /** All texts of a primitive parameter. */
  texts(name: string): readonly string[];
  /** Whole number, at least 0. Throws 400. */
  count(name: string): number | undefined;
  /** `true` or `false`. Throws 400. */
  flag(name: string): boolean | undefined;
  /** Throws 400 unless its members are texts. */
  coding(name: string): Coding | undefined;
  /** Codings of a CodeableConcept, each as by `coding`. */
  codings(name: string): readonly Coding[] | undefined;
  /** The parameter as it stands in the body. */
  part(name: string): ParametersParameter | undefined;
}

/** A parameter that is not understood. */
export const badInput = (parameter: string, reason: string): Error =>
  fault('operation-parameter', { parameter, reason });

const isPrimitive = (value: unknown): value is string | number | boolean =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';

/** A body is not validated: what is no text would go wrong later. */
function asCoding(name: string, value: unknown): Coding {
  if (typeof value !== 'object' || value === null) throw badInput(name, 'Coding');
  const { system, code, display } = value as Readonly<Record<string, unknown>>;
  for (const member of [system, code, display])
    if (member !== undefined && typeof member !== 'string') throw badInput(name, 'system, code, display');
  return value;
}

function valueOf(parameter: ParametersParameter): unknown {
  const key = Object.keys(parameter).find((name) => name.startsWith('value'));
  return key === undefined ? undefined : (parameter as unknown as Record<string, unknown>)[key];
}

function partsOf({ body, operation = '' }: FhirRequest): readonly ParametersParameter[] {
  if (body === undefined) return [];
  if (body.resourceType !== 'Parameters')
    throw fault('type-mismatch', { actual: body.resourceType, expected: 'Parameters' });
  const { parameter } = body;
  const parts: unknown = parameter ?? [];
  const wrong =
    !Array.isArray(parts) ||
    parts.some((one: unknown) => typeof (one as ParametersParameter | null)?.name !== 'string');
  if (wrong) throw badInput(`$${operation}`, 'parameter.name');
  return parts as readonly ParametersParameter[];
}

/**
 * Reads the input of an operation (https://hl7.org/fhir/R4/operations.html#3.2.0.3): simple parameters in the URL, any in a
 * body of type Parameters, or both.
 * @param allowed names that the operation knows
 * @throws ServiceError 400 `type-mismatch` for another body, `parameter-unknown` for another name, `operation-parameter`
 */
export function readInput(request: FhirRequest, allowed: readonly string[]): OperationInput {
  const parts = partsOf(request);
  const place = `${request.type ?? ''}/$${request.operation ?? ''}`;
  for (const name of [...request.query.map(([key]) => key), ...parts.map(({ name: own }) => own)])
    if (!allowed.includes(name)) throw fault('parameter-unknown', { parameter: name, type: place });

  const part = (name: string): ParametersParameter | undefined => parts.find((one) => one.name === name);
  const texts = (name: string): readonly string[] => [
    ...request.query.filter(([key]) => key === name).map(([, value]) => value),
    ...parts
      .filter((one) => one.name === name)
      .map((one) => {
        const value = valueOf(one);
        if (!isPrimitive(value)) throw badInput(name, 'value[x]');
        return String(value);
      }),
  ];
  const object = (name: string, member: 'valueCoding' | 'valueCodeableConcept'): object | undefined => {
    const found = part(name);
    if (!found) {
      if (request.query.some(([key]) => key === name)) throw badInput(name, member);
      return undefined;
    }
    const value: unknown = found[member];
    if (typeof value !== 'object' || value === null || Array.isArray(value)) throw badInput(name, member);
    return value;
  };
  return {
    part,
    texts,
    text: (name) => texts(name)[0],
    count(name) {
      const value = texts(name)[0];
      if (value !== undefined && !/^\d{1,6}$/.test(value)) throw badInput(name, '0..');
      return value === undefined ? undefined : Number(value);
    },
    flag(name) {
      const value = texts(name)[0];
      if (value !== undefined && value !== 'true' && value !== 'false') throw badInput(name, 'true, false');
      return value === undefined ? undefined : value === 'true';
    },
    coding(name) {
      const value = object(name, 'valueCoding');
      return value && asCoding(name, value);
    },
    codings(name) {
      const value: CodeableConcept | undefined = object(name, 'valueCodeableConcept');
      const coding: unknown = value?.coding ?? [];
      if (!Array.isArray(coding)) throw badInput(name, 'coding');
      return value && coding.map((one: unknown) => asCoding(name, one));
    },
  };
}
