import { fault } from '../../errors.js';
import { insertInto, type NewValue, setElement } from './change-element.js';
import { choiceName, choiceType, type ElementSchema, elementSchema } from './element-schema.js';
import { isContainer } from './json-tree.js';
import type { Json } from './places.js';

/** A part of a patch operation, with its place in the Parameters. */
export interface PatchPart {
  readonly content: Json;
  readonly at: string;
}

export const malformed = (part: string, reason: string): Error => fault('patch-malformed', { part, reason }, part);

/** Parts within a parameter, each with its place. Throws 400 `patch-malformed` when they are no list of objects. */
export function partsOf({ content, at }: PatchPart): readonly PatchPart[] {
  const given = content['part'] ?? [];
  if (!Array.isArray(given)) throw malformed(`${at}.part`, 'array');
  return given.map((part: unknown, index) => {
    const place = `${at}.part[${index}]`;
    if (!isContainer(part) || Array.isArray(part)) throw malformed(place, 'object');
    return { content: part, at: place };
  });
}

/** End of the name of `value[x]`, for example `String`; undefined when there is none or more than one. */
function suffixOf({ content }: PatchPart): string | undefined {
  const names = Object.keys(content).map((key) => /^_?value([A-Z]\w*)$/.exec(key)?.[1]);
  const found = new Set(names.filter((name) => name !== undefined));
  return found.size === 1 ? [...found][0] : undefined;
}

/** A value and the name under which it stands in JSON. */
export interface NamedValue extends NewValue {
  readonly name: string;
}

function built(parts: readonly PatchPart[], type: string): Json {
  const made: Json = {};
  for (const part of parts) {
    const name = part.content['name'];
    const schema = typeof name === 'string' ? elementSchema(type, name) : undefined;
    if (!schema) throw malformed(`${part.at}.name`, `${type}.${typeof name === 'string' ? name : '?'}`);
    const value = readValue(part, schema);
    if (schema.isList) insertInto(made, value.name, Infinity, value);
    else if (Object.hasOwn(made, value.name)) throw malformed(part.at, `${value.name} × 2`);
    else setElement(made, value.name, value);
  }
  return made;
}

/**
 * Value of an operation for an element: `value[x]`, or parts where the element is of a type that Parameters cannot hold
 * (https://hl7.org/fhir/R4/fhirpatch.html#concept).
 * @throws ServiceError 400 `patch-malformed` with the part
 */
export function readValue(part: PatchPart, schema: ElementSchema): NamedValue {
  const { content, at } = part;
  const parts = partsOf(part);
  const suffix = suffixOf(part);
  if ((suffix === undefined) === (parts.length === 0)) throw malformed(at, 'value[x] | part');
  if (suffix === undefined) {
    const [type] = schema.types;
    if (type === undefined || schema.isChoice) throw malformed(at, 'value[x]');
    return { name: schema.name, value: built(parts, type) };
  }
  const type = schema.isChoice ? choiceType(schema, suffix) : undefined;
  if (schema.isChoice && type === undefined) throw malformed(at, `${schema.name}[x]: ${schema.types.join(', ')}`);
  const [value, sibling] = [content[`value${suffix}`], content[`_value${suffix}`]];
  return {
    name: type === undefined ? schema.name : choiceName(schema.name, type),
    ...(value === undefined ? {} : { value }),
    ...(sibling === undefined ? {} : { sibling }),
  };
}
