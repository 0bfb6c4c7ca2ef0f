import { isDeepStrictEqual } from 'node:util';
import type { ParametersParameter, Provenance, Resource } from '@medplum/fhirtypes';
import { isObject, objectsIn } from '../untrusted.js';

/** An object of JSON whose members are still to be looked at. */
export type Json = Readonly<Record<string, unknown>>;

/** A resource as somebody wrote it, beside its version before; nothing in it has been checked yet. */
export interface Written {
  readonly before?: Resource;
  readonly after: Resource;
  /** What the header X-Provenance says of the write. */
  readonly said?: Provenance;
}

/** A value of a parameter, without the parameter's name. */
export type FieldValue = Omit<ParametersParameter, 'name'>;

/** Where a plain write says what a field of a move asks for. */
export interface FieldSource {
  readonly field: string;
  /** Place for people, as a path of the written resource. */
  readonly at: string;
  /** Element that this source explains; none when it is not in the resource. */
  readonly element?: string;
  readonly read: (written: Written) => readonly FieldValue[];
  /** Items of a list that it reads; the whole element when absent. */
  readonly takes?: (item: Json) => boolean;
}

export const elementOf = (resource: Resource | undefined, name: string): unknown =>
  (resource as unknown as Json | undefined)?.[name];

export const partOf = (value: unknown, name: string): unknown => (isObject(value) ? value[name] : undefined);

/** The objects of a list element; none when it is no list. */
export const itemsOf = (value: unknown): readonly Json[] => objectsIn(value as readonly Json[] | undefined);

/** Items of a list that the version before does not have. */
export const added = ({ before, after }: Written, element: string): readonly Json[] => {
  const old = itemsOf(elementOf(before, element));
  return itemsOf(elementOf(after, element)).filter((item) => !old.some((one) => isDeepStrictEqual(one, item)));
};

/** Does an element differ from the version before? */
export const changes = ({ before, after }: Written, element: string): boolean =>
  !isDeepStrictEqual(elementOf(before, element), elementOf(after, element));
