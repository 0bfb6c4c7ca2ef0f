import type { Resource } from '@medplum/fhirtypes';
import { fault } from '../../errors.js';
import { countOf, insertInto, moveWithin, removeElement, replaceInList, setElement } from './change-element.js';
import { choiceName, type ElementSchema, elementSchema } from './element-schema.js';
import { isContainer } from './json-tree.js';
import { malformed, partsOf, type PatchPart, readValue } from './patch-value.js';
import { type PathStep, pathSteps } from './path-steps.js';
import { follow, type Json, type Place, valueAt } from './places.js';

const failed = (part: string, reason: string): Error => fault('patch-failed', { part, reason }, part);

const PARTS = ['type', 'path', 'name', 'value', 'index', 'source', 'destination'] as const;
type PartName = (typeof PARTS)[number];

/** One operation, its parts by name. */
class PatchOperation {
  readonly #parts: ReadonlyMap<PartName, PatchPart>;
  readonly #steps: readonly PathStep[];

  constructor(
    readonly given: PatchPart,
    readonly resourceType: string,
  ) {
    const parts = new Map<PartName, PatchPart>();
    for (const part of partsOf(given)) {
      const name = PARTS.find((one) => one === part.content['name']);
      if (!name || parts.has(name)) throw malformed(`${part.at}.name`, PARTS.join(', '));
      parts.set(name, part);
    }
    this.#parts = parts;
    const steps = pathSteps(this.text('path', 'valueString'));
    const [root, ...rest] = steps ?? [];
    if (root?.kind !== 'child' || root.name !== resourceType) throw malformed(this.at('path'), `${resourceType}.…`);
    this.#steps = rest;
  }

  at(name: PartName): string {
    return this.#parts.get(name)?.at ?? this.given.at;
  }

  part(name: PartName): PatchPart {
    const part = this.#parts.get(name);
    if (!part) throw malformed(this.given.at, name);
    return part;
  }

  text(name: PartName, member: 'valueString' | 'valueCode'): string {
    const value = this.part(name).content[member];
    if (typeof value !== 'string') throw malformed(this.at(name), member);
    return value;
  }

  number(name: PartName): number {
    const value = this.part(name).content['valueInteger'];
    if (typeof value !== 'number' || !Number.isInteger(value) || value < 0)
      throw malformed(this.at(name), 'valueInteger');
    return value;
  }

  /** Places of the path, or of the path without its last steps. */
  places(root: Place, steps: readonly PathStep[] = this.#steps): readonly Place[] {
    let places: readonly Place[] | undefined;
    try {
      places = follow(root, steps);
    } catch {
      // The FHIRPath engine cannot read a criterion.
    }
    if (!places) throw malformed(this.at('path'), this.text('path', 'valueString'));
    return places;
  }

  /** The one place of the path. Throws 422 when there is none or more than one. */
  one(root: Place, steps?: readonly PathStep[]): Place {
    const places = this.places(root, steps);
    const [place] = places;
    if (!place || places.length > 1)
      throw failed(this.at('path'), `${places.length} × ${this.text('path', 'valueString')}`);
    return place;
  }

  /** The list that the path names, and what its elements are. */
  list(root: Place): { holder: Json; schema: ElementSchema } {
    const last = this.#steps.at(-1);
    const parent = this.one(root, this.#steps.slice(0, -1));
    const holder = valueAt(parent);
    const schema = last?.kind === 'child' ? elementSchema(parent.type, last.name) : undefined;
    if (!schema?.isList || !isContainer(holder) || Array.isArray(holder)) throw malformed(this.at('path'), 'list');
    return { holder, schema };
  }
}

function add(operation: PatchOperation, root: Place): void {
  const place = operation.one(root);
  const holder = valueAt(place);
  const name = operation.text('name', 'valueString');
  const schema = elementSchema(place.type, name);
  if (!schema) throw malformed(operation.at('name'), `${place.type}.${name}`);
  if (!isContainer(holder) || Array.isArray(holder)) throw failed(operation.at('path'), place.type);
  const value = readValue(operation.part('value'), schema);
  if (schema.isList) return insertInto(holder, value.name, Infinity, value);
  const names = schema.isChoice ? schema.types.map((type) => choiceName(name, type)) : [name];
  if (names.some((one) => Object.hasOwn(holder, one) || Object.hasOwn(holder, `_${one}`)))
    throw failed(operation.at('name'), `${name} × 2`);
  setElement(holder, value.name, value);
}

function insert(operation: PatchOperation, root: Place): void {
  const { holder, schema } = operation.list(root);
  const index = operation.number('index');
  const count = countOf(holder, schema.name);
  if (index > count) throw failed(operation.at('index'), `> ${count}`);
  insertInto(holder, schema.name, index, readValue(operation.part('value'), schema));
}

/** Nothing there is nothing to take away: no error (https://hl7.org/fhir/R4/fhirpatch.html). */
function remove(operation: PatchOperation, root: Place): void {
  const places = operation.places(root);
  if (places.length === 0) return;
  const place = operation.one(root);
  if (!place.schema) throw failed(operation.at('path'), operation.resourceType);
  removeElement(place);
}

function replace(operation: PatchOperation, root: Place): void {
  const place = operation.one(root);
  const { holder, name, index, schema } = place;
  if (!schema) throw failed(operation.at('path'), operation.resourceType);
  const value = readValue(operation.part('value'), schema);
  if (index !== undefined) return replaceInList(holder, name, index, value);
  removeElement(place);
  setElement(holder, value.name, value);
}

function move(operation: PatchOperation, root: Place): void {
  const { holder, schema } = operation.list(root);
  const [source, destination] = [operation.number('source'), operation.number('destination')];
  const count = countOf(holder, schema.name);
  if (source >= count) throw failed(operation.at('source'), `>= ${count}`);
  if (destination >= count) throw failed(operation.at('destination'), `>= ${count}`);
  moveWithin(holder, schema.name, source, destination);
}

const OPERATIONS: Readonly<Record<string, (operation: PatchOperation, root: Place) => void>> = {
  add,
  insert,
  delete: remove,
  replace,
  move,
};

/** Drops the objects that a deletion has emptied: FHIR JSON has none. */
function withoutEmpty(value: unknown): unknown {
  if (!isContainer(value)) return value;
  if (Array.isArray(value)) return value.map(withoutEmpty);
  return Object.fromEntries(
    Object.entries(value)
      .map(([key, member]): [string, unknown] => [key, withoutEmpty(member)])
      .filter(([, member]) => !isContainer(member) || Object.keys(member).length > 0),
  );
}

/**
 * Applies a FHIRPath Patch (https://hl7.org/fhir/R4/fhirpatch.html): a Parameters resource with operations add, insert,
 * delete, replace and move, carried out in their order.
 * @param resource changed by it, and of no use after an error
 * @throws ServiceError 400 `patch-malformed`, 422 `patch-failed`, each with the part of the Parameters
 */
export function applyFhirPathPatch(resource: Resource, parameters: Resource): unknown {
  const given: unknown = (parameters as { parameter?: unknown }).parameter;
  if (!Array.isArray(given) || given.length === 0) throw malformed('Parameters.parameter', 'operation');
  const holder: Json = { resource };
  const root: Place = { holder, name: 'resource', type: resource.resourceType };
  const operations = given.map((content: unknown, index): [string, PatchOperation] => {
    const at = `Parameters.parameter[${index}]`;
    if (!isContainer(content) || Array.isArray(content) || content['name'] !== 'operation')
      throw malformed(`${at}.name`, 'operation');
    const operation = new PatchOperation({ content, at }, resource.resourceType);
    const type = operation.text('type', 'valueCode');
    if (!Object.hasOwn(OPERATIONS, type)) throw malformed(operation.at('type'), Object.keys(OPERATIONS).join(', '));
    return [type, operation];
  });
  for (const [type, operation] of operations) OPERATIONS[type]?.(operation, root);
  return withoutEmpty(holder['resource']);
}
