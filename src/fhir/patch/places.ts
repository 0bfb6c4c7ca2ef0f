import { evalFhirPathTyped } from '@medplum/core';
import { toPlain } from '../exact-json.js';
import { choiceName, type ElementSchema, elementSchema } from './element-schema.js';
import { isContainer } from './json-tree.js';
import type { PathStep } from './path-steps.js';

export type Json = Record<string, unknown>;

/** One element of a resource and where it stands in the JSON. */
export interface Place {
  /** Object that holds it; the resource itself stands in an object of its own. */
  readonly holder: Json;
  /** Its name in JSON. */
  readonly name: string;
  /** Its number in a list. */
  readonly index?: number;
  /** FHIR type, a backbone element's own. */
  readonly type: string;
  /** What its type says of it; absent for the resource. */
  readonly schema?: ElementSchema;
}

/** Value of a place; undefined when only its extensions are there. */
export function valueAt({ holder, name, index }: Place): unknown {
  const value = Object.hasOwn(holder, name) ? holder[name] : undefined;
  if (index === undefined) return value;
  return Array.isArray(value) ? (value as readonly unknown[])[index] : undefined;
}

const typeOf = (declared: string, value: unknown): string =>
  declared === 'Resource' && isContainer(value) && !Array.isArray(value) && typeof value['resourceType'] === 'string'
    ? value['resourceType']
    : declared;

function placesOf(holder: Json, name: string, type: string, schema: ElementSchema): Place[] {
  const value = Object.hasOwn(holder, name) ? holder[name] : undefined;
  const sibling = Object.hasOwn(holder, `_${name}`) ? holder[`_${name}`] : undefined;
  if (value === undefined && sibling === undefined) return [];
  const lists = [value, sibling].filter((one): one is unknown[] => Array.isArray(one));
  if (lists.length === 0) return [{ holder, name, type: typeOf(type, value), schema }];
  const length = Math.max(...lists.map((list) => list.length));
  return Array.from({ length }, (_, index) => {
    const item: unknown = Array.isArray(value) ? value[index] : undefined;
    return { holder, name, index, type: typeOf(type, item), schema };
  });
}

/** Elements of one name; undefined when the type has no such element. */
function childrenOf(place: Place, name: string): Place[] | undefined {
  const holder = valueAt(place);
  const schema = elementSchema(place.type, name);
  if (!schema) return undefined;
  if (!isContainer(holder) || Array.isArray(holder)) return [];
  if (!schema.isChoice) return placesOf(holder, name, schema.types[0] ?? '', schema);
  return schema.types.flatMap((type) => placesOf(holder, choiceName(name, type), type, schema));
}

function holds(place: Place, criteria: string): boolean {
  const value = valueAt(place);
  if (value === undefined) return false;
  const result = evalFhirPathTyped(criteria, [{ type: place.type, value: toPlain(value) }]);
  return result.length === 1 && result[0]?.value === true;
}

function select(places: readonly Place[], step: Extract<PathStep, { kind: 'function' }>): Place[] | undefined {
  const { name, argument } = step;
  switch (name) {
    case 'first':
      return places.slice(0, 1);
    case 'last':
      return places.slice(-1);
    case 'single':
      return places.length > 1 ? undefined : [...places];
    case 'where':
      return places.filter((place) => holds(place, argument));
    case 'ofType':
      return places.filter(({ type }) => type === argument.replace(/^FHIR\./, ''));
    case 'extension': {
      const found = places.map((place) => childrenOf(place, 'extension'));
      const url = /^'([^'\\]*)'$/.exec(argument)?.[1];
      if (url === undefined || found.includes(undefined)) return undefined;
      return found
        .flatMap((children) => children ?? [])
        .filter((child) => (valueAt(child) as Json | null)?.['url'] === url);
    }
  }
}

/**
 * Places that a path leads to, from a root place on.
 * @returns none when nothing is there; undefined when the path cannot be followed: an element that the type does not have
 * @throws what the FHIRPath engine throws for a criterion that it cannot read
 */
export function follow(root: Place, steps: readonly PathStep[]): readonly Place[] | undefined {
  let places: Place[] = [root];
  for (const step of steps) {
    let next: Place[] | undefined;
    if (step.kind === 'index') next = places.slice(step.index, step.index + 1);
    else if (step.kind === 'function') next = select(places, step);
    else {
      const found = places.map((place) => childrenOf(place, step.name));
      next = found.includes(undefined) ? undefined : found.flatMap((children) => children ?? []);
    }
    if (!next) return undefined;
    places = next;
  }
  return places;
}
