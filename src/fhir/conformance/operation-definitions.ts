import type { OperationDefinition } from '@medplum/fhirtypes';
import { CANONICAL_ROOT } from '../../config/canonical.js';
import type { Operation, OperationInput } from '../operation.js';

const name = (code: string): string =>
  code
    .split('-')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');

type Parameter = NonNullable<OperationDefinition['parameter']>[number];

const inputOf = ({ name: code, required, repeats, type, parts }: OperationInput): Parameter => ({
  name: code,
  use: 'in',
  min: required ? 1 : 0,
  max: repeats ? '*' : '1',
  ...(type === undefined ? {} : { type: type }),
  ...(parts ? { part: parts.map(inputOf) } : {}),
});

function definitionOf(url: string, rows: readonly Operation[]): OperationDefinition {
  const [first] = rows;
  if (!first) throw new TypeError('an operation has a row');
  const types = [...new Set(rows.flatMap(({ type }) => (type === undefined ? [] : [type])))];
  const inputs = rows.find((row) => row.inputs)?.inputs ?? [];
  const at = (level: Operation['level']): boolean => rows.some((row) => row.level === level);
  return {
    resourceType: 'OperationDefinition',
    id: url.slice(url.lastIndexOf('/') + 1),
    url,
    ...(url.startsWith(CANONICAL_ROOT) ? { version: '0.1.0' } : {}),
    name: name(first.name),
    title: `$${first.name}`,
    status: 'active',
    kind: 'operation',
    description: first.purpose,
    affectsState: rows.some(({ affectsState }) => affectsState),
    code: first.name,
    ...(types.length > 0 ? { resource: types as NonNullable<OperationDefinition['resource']> } : {}),
    system: at('system'),
    type: at('type'),
    instance: at('instance'),
    ...(inputs.length > 0 ? { parameter: inputs.map(inputOf) } : {}),
  };
}

/** Definitions of the operations that are served, derived from their rows: one for each canonical URL. */
export function operationDefinitions(operations: readonly Operation[]): readonly OperationDefinition[] {
  const byUrl = new Map<string, Operation[]>();
  for (const operation of operations) {
    const rows = byUrl.get(operation.definition) ?? [];
    rows.push(operation);
    byUrl.set(operation.definition, rows);
  }
  return [...byUrl].map(([url, rows]) => definitionOf(url, rows));
}
