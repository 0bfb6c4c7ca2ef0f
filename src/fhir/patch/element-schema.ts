import { type InternalSchemaElement, tryGetDataType } from '@medplum/core';

/** How an element of a type stands in JSON. */
export interface ElementSchema {
  /** Name without `[x]`. */
  readonly name: string;
  readonly isList: boolean;
  readonly isChoice: boolean;
  /** Types by their code; a backbone element has a type of its own. */
  readonly types: readonly string[];
}

const capital = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}`;

const toSchema = (name: string, element: InternalSchemaElement, isChoice: boolean): ElementSchema => ({
  name,
  isList: element.isArray ?? false,
  isChoice,
  types: element.type.map(({ code }) => code),
});

/** Element of a type by its name in FHIRPath (`deceased`, not `deceasedBoolean`); undefined when the type has none. */
export function elementSchema(type: string, name: string): ElementSchema | undefined {
  const elements = tryGetDataType(type)?.elements;
  if (!elements) return undefined;
  const plain = Object.hasOwn(elements, name) ? elements[name] : undefined;
  if (plain) return toSchema(name, plain, false);
  const choice = Object.hasOwn(elements, `${name}[x]`) ? elements[`${name}[x]`] : undefined;
  return choice && toSchema(name, choice, true);
}

/** Name of a choice element in JSON: `deceased` of type `boolean` is `deceasedBoolean`. */
export const choiceName = (name: string, type: string): string => `${name}${capital(type)}`;

/** Type of a choice element by the end of its name in JSON (`Boolean`); undefined when the element has no such type. */
export const choiceType = ({ types }: ElementSchema, suffix: string): string | undefined =>
  types.find((type) => capital(type) === suffix);
