import type { Json, Place } from './places.js';

/** A value to write: what stands under the name, and what stands under the name with an underscore (primitives). */
export interface NewValue {
  readonly value?: unknown;
  readonly sibling?: unknown;
}

const listAt = (holder: Json, name: string): unknown[] | undefined => {
  const list = Object.hasOwn(holder, name) ? holder[name] : undefined;
  return Array.isArray(list) ? list : undefined;
};

/** Both lists of a repeating primitive have one length, `null` where one of them has nothing (FHIR R4 json.html). */
function tidy(holder: Json, name: string): void {
  const [values, siblings] = [listAt(holder, name), listAt(holder, `_${name}`)];
  if (siblings?.every((one) => one === null || one === undefined)) delete holder[`_${name}`];
  if (values?.every((one) => one === null || one === undefined)) delete holder[name];
}

function spliced(holder: Json, name: string, change: (list: unknown[]) => void, length: number): void {
  const list = listAt(holder, name) ?? [];
  while (list.length < length) list.push(null);
  change(list);
  holder[name] = list;
}

const lengthAt = (holder: Json, name: string): number =>
  Math.max(listAt(holder, name)?.length ?? 0, listAt(holder, `_${name}`)?.length ?? 0);

/** Puts a value into a list, making the list when there is none. */
export function insertInto(holder: Json, name: string, index: number, { value, sibling }: NewValue): void {
  const length = lengthAt(holder, name);
  spliced(holder, name, (list) => list.splice(index, 0, value ?? null), length);
  if (sibling !== undefined || listAt(holder, `_${name}`))
    spliced(holder, `_${name}`, (list) => list.splice(index, 0, sibling ?? null), length);
  tidy(holder, name);
}

/** Sets an element that does not repeat. */
export function setElement(holder: Json, name: string, { value, sibling }: NewValue): void {
  if (value === undefined) delete holder[name];
  else holder[name] = value;
  if (sibling === undefined) delete holder[`_${name}`];
  else holder[`_${name}`] = sibling;
}

/** Takes an element away, its extensions too. */
export function removeElement({ holder, name, index }: Place): void {
  if (index === undefined) return setElement(holder, name, {});
  for (const one of [name, `_${name}`]) listAt(holder, one)?.splice(index, 1);
  tidy(holder, name);
}

/** Puts another value in the place of an element of a list. */
export function replaceInList(holder: Json, name: string, index: number, given: NewValue): void {
  for (const one of [name, `_${name}`]) listAt(holder, one)?.splice(index, 1);
  insertInto(holder, name, index, given);
}

/** Moves an element of a list to another number, counted after it was taken out. */
export function moveWithin(holder: Json, name: string, source: number, destination: number): void {
  const length = lengthAt(holder, name);
  for (const one of [name, `_${name}`]) {
    const list = listAt(holder, one);
    if (!list) continue;
    while (list.length < length) list.push(null);
    list.splice(destination, 0, ...list.splice(source, 1));
  }
}

/** Number of elements of a list, extensions alone counted. */
export const countOf = lengthAt;
