import { fault } from '../../errors.js';
import { isUnsafeKey } from '../unsafe-key.js';
import { isContainer } from './json-tree.js';

/** Where a pointer leads: a member of a container, there or not. */
export interface PointedAt {
  readonly container: Record<string, unknown> | unknown[];
  /** Name of a member; in a list its number, the length of the list for `-`. */
  readonly key: string | number;
}

/**
 * Steps of a JSON Pointer (RFC 6901). Undefined for a text that is none.
 * @throws ServiceError 422 `key-unsafe`
 */
export function pointerSteps(pointer: string): string[] | undefined {
  if (pointer === '') return [];
  if (!pointer.startsWith('/') || /~(?![01])/.test(pointer)) return undefined;
  const steps = pointer
    .slice(1)
    .split('/')
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
  const unsafe = steps.find(isUnsafeKey);
  if (unsafe !== undefined) throw fault('key-unsafe', { key: unsafe });
  return steps;
}

function keyIn(container: Record<string, unknown> | unknown[], step: string): string | number | undefined {
  if (!Array.isArray(container)) return step;
  if (step === '-') return container.length;
  return /^(?:0|[1-9]\d{0,8})$/.test(step) ? Number(step) : undefined;
}

/** Value of a member that is there; undefined when it is not (JSON knows no undefined). */
export const memberAt = ({ container, key }: PointedAt): unknown =>
  Object.hasOwn(container, key) ? (container as Record<string | number, unknown>)[key] : undefined;

/** Place of a pointer of one step or more; undefined when nothing on the way there holds the next step. */
export function pointedAt(root: unknown, steps: readonly string[]): PointedAt | undefined {
  let current: unknown = root;
  for (const [index, step] of steps.entries()) {
    const key = isContainer(current) ? keyIn(current, step) : undefined;
    if (key === undefined) return undefined;
    const place: PointedAt = { container: current as PointedAt['container'], key };
    if (index === steps.length - 1) return place;
    current = memberAt(place);
  }
  return undefined;
}
