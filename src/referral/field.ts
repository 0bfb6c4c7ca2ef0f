/**
 * Forms a value may take in Parameters.
 * - `coded`: valueCoding, valueCodeableConcept or valueCode
 * - `resource`: parameter.resource
 */
export type FieldKind =
  | 'coded'
  | 'string'
  | 'boolean'
  | 'integer'
  | 'date'
  | 'time'
  | 'dateTime'
  | 'instant'
  | 'Reference'
  | 'Quantity'
  | 'resource'
  | 'any';

/** One input of an operation: name, forms, how often. */
export interface FieldRow {
  readonly name: string;
  /** Older word for the same, taken as well (the old print of form HC-10). */
  readonly alias?: string;
  readonly kinds: readonly FieldKind[];
  readonly required?: boolean;
  /** Name of the field that says the same: where it is given, this one is not required. */
  readonly unless?: string;
  readonly repeats?: boolean;
  /** Code systems of the guide (ids) of which a `coded` value must come from one. */
  readonly codes?: readonly string[];
  /** Enumerated codes, where the value set is a handful of words of the contract. */
  readonly oneOf?: readonly string[];
  /** Allowed types of a reference or resource. */
  readonly targets?: readonly string[];
  /** Parts, for a parameter without a value. */
  readonly parts?: readonly FieldRow[];
  /** At least one of the parts must be there. */
  readonly anyPart?: boolean;
}
