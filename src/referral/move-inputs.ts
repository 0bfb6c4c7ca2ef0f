import type { OperationInput } from '../fhir/operation.js';
import type { FieldKind, FieldRow } from './field.js';
import { type MoveName, moveRow } from './moves.js';
import { ACTOR_FIELD } from './read-fields.js';

/** FHIR type of an input by the first form that it may take (R4 OperationDefinition.parameter.type). */
const TYPES: Readonly<Record<FieldKind, string>> = {
  coded: 'CodeableConcept',
  string: 'string',
  boolean: 'boolean',
  integer: 'integer',
  date: 'date',
  time: 'time',
  dateTime: 'dateTime',
  instant: 'instant',
  Reference: 'Reference',
  Quantity: 'Quantity',
  resource: 'Resource',
  any: 'Type',
};

function inputOf({ name, kinds, required = false, unless, repeats = false, targets, parts }: FieldRow): OperationInput {
  const [kind] = kinds;
  const type = kind === 'resource' ? targets?.[0] : kind && TYPES[kind];
  return {
    name,
    required: required && unless === undefined,
    repeats,
    ...(parts ? { parts: parts.map(inputOf) } : type === undefined ? {} : { type }),
  };
}

/** What a move takes, for its OperationDefinition: the rows of the table and the acting person. */
export const moveInputs = (move: MoveName): readonly OperationInput[] =>
  [...moveRow(move).fields, ACTOR_FIELD].map(inputOf);
