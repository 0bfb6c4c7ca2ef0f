import { fault } from '../../errors.js';
import { memberAt, type PointedAt, pointedAt, pointerSteps } from './json-pointer.js';
import { cloneTree, copyBudget, isContainer, sameTree, withoutEmptied } from './json-tree.js';

const OPERATIONS = ['add', 'remove', 'replace', 'move', 'copy', 'test'] as const;
type OperationName = (typeof OPERATIONS)[number];

interface Operation {
  readonly op: OperationName;
  readonly path: readonly string[];
  readonly from?: readonly string[];
  readonly value?: unknown;
  /** Place of the operation in the patch, for errors. */
  readonly at: string;
}

const malformed = (part: string, reason: string): Error => fault('patch-malformed', { part, reason }, part);
const failed = (part: string, reason: string): Error => fault('patch-failed', { part, reason }, part);

function stepsOf(given: unknown, part: string): readonly string[] {
  const steps = typeof given === 'string' ? pointerSteps(given) : undefined;
  if (!steps) throw malformed(part, 'JSON Pointer');
  return steps;
}

function readOperation(given: unknown, index: number): Operation {
  const at = `patch[${index}]`;
  if (!isContainer(given) || Array.isArray(given)) throw malformed(at, 'object');
  const op = OPERATIONS.find((name) => name === given['op']);
  if (!op) throw malformed(`${at}.op`, OPERATIONS.join(', '));
  const path = stepsOf(given['path'], `${at}.path`);
  const needsValue = op === 'add' || op === 'replace' || op === 'test';
  if (needsValue && given['value'] === undefined) throw malformed(`${at}.value`, 'required');
  const from = op === 'move' || op === 'copy' ? stepsOf(given['from'], `${at}.from`) : undefined;
  return { op, path, at, ...(from ? { from } : {}), ...(needsValue ? { value: given['value'] } : {}) };
}

class JsonPatcher {
  readonly #budget = copyBudget();
  readonly #emptied = new Set<object>();
  #root: unknown;

  constructor(root: unknown) {
    this.#root = root;
  }

  #existing(steps: readonly string[], part: string): { place?: PointedAt; value: unknown } {
    if (steps.length === 0) return { value: this.#root };
    const place = pointedAt(this.#root, steps);
    const value = place && memberAt(place);
    if (!place || value === undefined) throw failed(part, 'not there');
    return { place, value };
  }

  #add(steps: readonly string[], value: unknown, part: string): void {
    if (steps.length === 0) {
      this.#root = value;
      return;
    }
    const place = pointedAt(this.#root, steps);
    if (!place) throw failed(part, 'not there');
    const { container, key } = place;
    if (!Array.isArray(container)) container[key] = value;
    else if (Number(key) <= container.length) container.splice(Number(key), 0, value);
    else throw failed(part, `> ${container.length}`);
  }

  #remove(steps: readonly string[], part: string): unknown {
    const { place, value } = this.#existing(steps, part);
    if (!place) throw failed(part, 'whole resource');
    const { container, key } = place;
    if (Array.isArray(container)) container.splice(Number(key), 1);
    else delete container[key];
    this.#emptied.add(container);
    return value;
  }

  #replace(steps: readonly string[], value: unknown, part: string): void {
    const { place } = this.#existing(steps, part);
    if (place) (place.container as Record<string | number, unknown>)[place.key] = value;
    else this.#root = value;
  }

  #move(from: readonly string[], { path, at }: Operation): void {
    const inside = path.length > from.length && from.every((step, index) => step === path[index]);
    if (inside) throw failed(`${at}.path`, 'inside from');
    if (from.length === 0) throw failed(`${at}.from`, 'whole resource');
    this.#add(path, this.#remove(from, `${at}.from`), `${at}.path`);
  }

  apply(operation: Operation): void {
    const { op, path, from = [], value, at } = operation;
    const part = `${at}.path`;
    switch (op) {
      case 'add':
        return this.#add(path, value, part);
      case 'remove':
        return void this.#remove(path, part);
      case 'replace':
        return this.#replace(path, value, part);
      case 'move':
        return this.#move(from, operation);
      case 'copy':
        return this.#add(path, cloneTree(this.#existing(from, `${at}.from`).value, this.#budget), part);
      case 'test':
        if (!sameTree(this.#existing(path, part).value, value)) throw fault('patch-test-failed', { part: at }, at);
    }
  }

  result(): unknown {
    return withoutEmptied(this.#root, this.#emptied);
  }
}

/**
 * Applies a JSON Patch (RFC 6902). Our own, because numbers must stay as they were written (`1.10`, compared by value in
 * `test`), which the published libraries, working on plain JSON, do not do.
 * @param document the tree of the resource; it is changed, and of no use after an error
 * @param patch parsed like a resource, numbers as written
 * @throws ServiceError 400 `patch-malformed`, 422 `patch-failed` (a place that is not there), `patch-test-failed`, each with
 *   the place in the patch
 */
export function applyJsonPatch(document: unknown, patch: unknown): unknown {
  if (!Array.isArray(patch)) throw malformed('patch', 'array');
  const patcher = new JsonPatcher(document);
  // Read whole before the first is carried out: a patch that is none changes nothing.
  for (const operation of patch.map(readOperation)) patcher.apply(operation);
  return patcher.result();
}
