import {
  deepEquals,
  deepIncludes,
  evalFhirPathTyped,
  getDataType,
  getElementDefinition,
  getNestedProperty,
  type InternalSchemaElement,
  type InternalTypeSchema,
  isDataTypeLoaded,
  isPrimitiveType,
  matchDiscriminant,
  parseFhirPath,
  type TypedValue,
} from '@medplum/core';
import { memberNames, membersOf } from './element-names.js';
import { provenInvariant } from './proven-invariant.js';
import { SURE_FORMATS } from './sure-formats.js';

type Json = Readonly<Record<string, unknown>>;

/** The resource that was sent, under its registered type, and the resource that an element belongs to. */
interface Place {
  readonly root: TypedValue;
  readonly resource: TypedValue;
}

type Check = (value: unknown, place: Place) => boolean;
type ListCheck = (values: readonly unknown[], place: Place) => boolean;

/** Rules of one object type. */
interface Shape {
  /** By JSON member. */
  readonly members: ReadonlyMap<string, Check>;
  /** Members of which one must be there. */
  readonly required: readonly (readonly string[])[];
  /** Rules of a profile for elements inside a data type (`code.coding`). */
  readonly inside: readonly Check[];
  /** Invariants of the type itself; looked at for the resource that was sent only. */
  readonly invariants: readonly Check[];
}

const UCUM: TypedValue = { type: 'string', value: 'http://unitsofmeasure.org' };
/** Left out by the general validator: `ele-1` holds by the gate, the others are checked by our own code or not at all. */
const SKIPPED: ReadonlySet<string> = new Set(['ele-1', 'dom-3', 'org-1', 'sdf-19']);

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * Says of most valid resources that the general validator has nothing to say about them, at a tenth of its cost: its own
 * parsed schemas, compiled once, and one walk over what is there instead of over all that could be. A resource with
 * anything out of the ordinary is not called clean, and goes to the general validator, which alone finds faults.
 * @param choices names of choice elements in all types
 * @returns true only when the general validator would report nothing for a resource under a registered type
 */
export function createCleanCheck(choices: ReadonlySet<string>): (resource: object, type: string) => boolean {
  const shapes = new WeakMap<InternalTypeSchema, Shape>();

  function shapeOf(schema: InternalTypeSchema): Shape {
    const known = shapes.get(schema);
    if (known) return known;
    const members = new Map<string, Check>();
    const required: string[][] = [];
    const inside: Check[] = [];
    const shape = { members, required, inside, invariants: invariantsOf(schema, schema.type) };
    // types refer to themselves: known before it is complete
    shapes.set(schema, shape);
    for (const [key, element] of Object.entries(schema.elements)) {
      if (key.includes('.')) {
        inside.push(insideCheck(schema, key, element));
        continue;
      }
      const own = membersOf(element);
      for (const [name, type] of own) {
        members.set(name, memberCheck(element, type));
        if (mayHaveCompanion(element, type)) members.set(`_${name}`, itemCheck('Element'));
      }
      if (element.min > 0) required.push(own.flatMap(([name]) => [name, `_${name}`]));
    }
    return shape;
  }

  function invariantsOf({ constraints = [] }: InternalSchemaElement | InternalTypeSchema, type: string): Check[] {
    return constraints
      .filter(({ severity, key }) => severity === 'error' && !SKIPPED.has(key))
      .map(({ expression }) => {
        const atom = parseFhirPath(expression);
        const proof = provenInvariant(atom, { membersOf: memberNames(type), choices });
        return (value, { root, resource }) => {
          const proven = proof?.(value);
          if (proven !== undefined) return proven;
          const typed = { type, value };
          const variables = { '%context': typed, '%ucum': UCUM, '%resource': resource, '%rootResource': root };
          const result = evalFhirPathTyped(atom, [typed], variables);
          return result.length === 1 && result[0]?.value === true;
        };
      });
  }

  /** Value of one member, one item of an array at a time. */
  function itemCheck(type: string): Check {
    if (isPrimitiveType(type)) return SURE_FORMATS[type] ?? (() => false);
    if (type === 'Resource') return innerResource;
    return isDataTypeLoaded(type)
      ? (value, place) => isObject(value) && hasShape(value, getDataType(type), place)
      : () => false;
  }

  const innerResource: Check = (value, { root }) => {
    const type = isObject(value) ? value['resourceType'] : undefined;
    if (typeof type !== 'string' || !isDataTypeLoaded(type)) return false;
    return hasShape(value as Json, getDataType(type), { root, resource: { type, value } });
  };

  function fixedCheck({ fixed, pattern }: InternalSchemaElement, type: string): Check | undefined {
    if (!fixed && !pattern) return undefined;
    return (value) => {
      const typed = Array.isArray(value) ? value.map((item: unknown) => ({ type, value: item })) : { type, value };
      return (!pattern || deepIncludes(typed, pattern)) && (!fixed || deepEquals(typed, fixed));
    };
  }

  function sliceCheck({ slicing }: InternalSchemaElement, type: string): ListCheck | undefined {
    if (!slicing) return undefined;
    const { slices, discriminator } = slicing;
    const sliceOf = (value: unknown): number =>
      slices.findIndex((slice) =>
        discriminator.every((one) =>
          getNestedProperty({ type, value }, one.path).some((found) =>
            (Array.isArray(found) ? found : [found]).some((item) => matchDiscriminant(item, one, slice)),
          ),
        ),
      );
    return (values) => {
      const counts = slices.map(() => 0);
      for (const value of values) {
        const index = sliceOf(value);
        if (index >= 0) counts[index] = (counts[index] ?? 0) + 1;
      }
      return slices.every(({ min, max }, index) => (counts[index] ?? 0) >= min && (counts[index] ?? 0) <= max);
    };
  }

  /** What an element demands of its value, the rules of the value's own type apart. */
  function demandsOf(element: InternalSchemaElement, type: string): Check {
    const invariants = invariantsOf(element, type);
    const isFixed = fixedCheck(element, type);
    const isSliced = sliceCheck(element, type);
    return (value, place) => {
      if (Array.isArray(value) !== (element.isArray === true)) return false;
      const values: readonly unknown[] = Array.isArray(value) ? value : [value];
      if (values.length === 0 || values.length < element.min || values.length > element.max) return false;
      if (isFixed && !isFixed(value, place)) return false;
      for (const item of values) for (const holds of invariants) if (!holds(item, place)) return false;
      return !isSliced || isSliced(values, place);
    };
  }

  function memberCheck(element: InternalSchemaElement, type: string): Check {
    const demands = demandsOf(element, type);
    const isRight = itemCheck(type);
    return (value, place) => {
      if (!demands(value, place)) return false;
      if (!Array.isArray(value)) return isRight(value, place);
      for (const item of value) if (!isRight(item, place)) return false;
      return true;
    };
  }

  /** Extensions of a primitive value change what its other rules see: only where there are none are they judged here. */
  const mayHaveCompanion = (element: InternalSchemaElement, type: string): boolean =>
    isPrimitiveType(type) &&
    element.isArray !== true &&
    element.max > 0 &&
    ![element.fixed, element.pattern, element.slicing].some((rule) => rule !== undefined) &&
    invariantsOf(element, type).length === 0;

  /** The values themselves are checked with the type that they stand in. */
  function insideCheck(schema: InternalTypeSchema, key: string, element: InternalSchemaElement): Check {
    const demands = new Map<string, Check>();
    const names = key.split('.');
    const visit = (value: Json, type: string, depth: number, place: Place): boolean => {
      const isLast = depth === names.length - 1;
      const step = getElementDefinition(type, names[depth] ?? '');
      if (!step) return false;
      const [name, found] =
        membersOf(step).find(([member]) => value[member] !== undefined || value[`_${member}`] !== undefined) ?? [];
      if (name === undefined || found === undefined) return !isLast || element.min === 0;
      const next = value[name];
      const companion = value[`_${name}`];
      if (isLast) {
        if (companion !== undefined && !mayHaveCompanion(element, found)) return false;
        const check = demands.get(found) ?? demandsOf(element, found);
        demands.set(found, check);
        return next === undefined || check(next, place);
      }
      // below a primitive value stand its extensions
      if (isPrimitiveType(found) ? Array.isArray(next) : companion !== undefined) return false;
      const below = isPrimitiveType(found) ? (companion ?? {}) : next;
      const items: readonly unknown[] = Array.isArray(below) ? below : [below];
      return items.every((item) => isObject(item) && visit(item, found, depth + 1, place));
    };
    return (value, place) => visit(value as Json, schema.type, 0, place);
  }

  function hasShape(value: Json, schema: InternalTypeSchema, place: Place): boolean {
    const { members, required, inside } = shapeOf(schema);
    let isEmpty = true;
    for (const key in value) {
      isEmpty = false;
      const member = members.get(key);
      if (!member) {
        if (key === 'resourceType' && value === place.resource.value) continue;
        return false;
      }
      if (!member(value[key], place)) return false;
    }
    return (
      !isEmpty &&
      required.every((names) => names.some((name) => value[name] !== undefined)) &&
      inside.every((check) => check(value, place))
    );
  }

  return (resource, type) => {
    if (!isDataTypeLoaded(type)) return false;
    const schema = getDataType(type);
    const { resourceType } = resource as { readonly resourceType?: unknown };
    if (typeof resourceType !== 'string') return false;
    const root = { type, value: resource };
    const place = { root, resource: { type: resourceType, value: resource } };
    try {
      const { invariants } = shapeOf(schema);
      return invariants.every((holds) => holds(resource, place)) && hasShape(resource as Json, schema, place);
    } catch {
      // an invariant that cannot be evaluated is a finding
      return false;
    }
  };
}
