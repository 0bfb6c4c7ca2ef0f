import type { Definitions, SearchParameterDefinition } from '../definitions/definitions.js';
import { COMPARED_KINDS, type Modifier, modifiersOf } from './modifiers.js';
import { type SearchKind, searchableParameters } from './parameters.js';
import { DATE_PREFIXES } from './search-query.js';

const named = (modifier: Modifier, targets: readonly string[]): string[] =>
  modifier === '[type]' ? targets.map((target) => `:${target}`) : [`:${modifier}`];

/** Modifiers that a served parameter is asked with, as clients write them. */
export function servedModifiers(definitions: Definitions, type: string, code: string): readonly string[] {
  const parameter = searchableParameters(definitions, type).get(code);
  if (!parameter) return [];
  const all = modifiersOf(parameter);
  // Audit records answer plain parameters only.
  const served = type === 'AuditEvent' ? all.filter((modifier) => modifier === '[type]') : all;
  return served.flatMap((modifier) => named(modifier, parameter.targets));
}

/** What a parameter finds, with the modifiers and prefixes it takes: text for the CapabilityStatement and OpenAPI. */
export function describeParameter(definitions: Definitions, type: string, row: SearchParameterDefinition): string {
  const modifiers = servedModifiers(definitions, type, row.code);
  const compared = COMPARED_KINDS.has(row.type as SearchKind);
  return [
    row.description,
    ...(modifiers.length > 0 ? [`Modificadores / modifiers: ${modifiers.join(', ')}.`] : []),
    ...(compared ? [`Prefijos / prefixes: ${DATE_PREFIXES.join(', ')}.`] : []),
  ].join(' ');
}
