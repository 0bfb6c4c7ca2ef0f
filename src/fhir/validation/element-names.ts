import { getDataType, type InternalSchemaElement, isDataTypeLoaded } from '@medplum/core';
import type { Definitions } from '../definitions/definitions.js';

const capitalize = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** JSON members of an element of a registered schema, each with its type; several for a choice. */
export function membersOf(element: InternalSchemaElement): (readonly [member: string, type: string])[] {
  const last = element.path.slice(element.path.lastIndexOf('.') + 1);
  return element.type.map(({ code }) => [last.replace('[x]', capitalize(code)), code] as const);
}

/** JSON members by element name in a registered type, as invariants name them: `value` stands for `valueQuantity` and others. */
export function memberNames(type: string): (name: string) => readonly string[] | undefined {
  const elements = isDataTypeLoaded(type) ? getDataType(type).elements : {};
  return (name) => {
    const element = elements[name] ?? elements[`${name}[x]`];
    return element && membersOf(element).map(([member]) => member);
  };
}

/** Names that are a choice in any base type: `value`, `onset`, ... */
export function choiceNames(definitions: Definitions): ReadonlySet<string> {
  const paths = definitions.base.flatMap(({ snapshot }) => (snapshot?.element ?? []).map(({ path }) => path));
  const choices = paths.filter((path) => path.endsWith('[x]'));
  return new Set(choices.map((path) => path.slice(path.lastIndexOf('.') + 1, -'[x]'.length)));
}
