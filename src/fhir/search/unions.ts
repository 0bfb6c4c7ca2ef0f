import type { CompiledPath } from './compile-path.js';
import type { CompositeShape } from './composite-shape.js';
import { pairsOf } from './pairs.js';
import { extractedSortKeys } from './sort-keys.js';

/** A parameter and the ways to its values; `ast` when they are computed. */
interface Reachable {
  readonly code: string;
  readonly kind: string;
  readonly targets: readonly string[];
  readonly paths: readonly CompiledPath[];
  readonly composite?: CompositeShape;
  readonly ast?: unknown;
}

/** Text that is equal for equal ways; undefined for a way with a condition, which cannot be compared. */
function wayText({ steps, type }: CompiledPath): string | undefined {
  if (steps.some(({ test }) => test)) return undefined;
  return `${steps.map(({ key, index }) => (index === undefined ? key : `${key}[${index}]`)).join('.')}:${type}`;
}

/** The ways to the values of a parameter; undefined when they cannot be compared. */
function waysOf({ kind, paths, composite, ast, targets }: Reachable): ReadonlySet<string> | undefined {
  if (ast !== undefined) return undefined;
  const texts = composite
    ? composite.groups.map(({ group, first, second }) => [group, ...first, ...second].map(wayText))
    : paths.map((path) => [wayText(path)]);
  const whole = texts.map((parts) => (parts.includes(undefined) ? undefined : parts.join(' ')));
  return whole.includes(undefined) ? undefined : new Set(whole.map((text) => `${kind} ${targets.join()} ${text}`));
}

/**
 * Parameters that are the union of others, such as `combo-code` of `code` and `component-code`: code -> codes of the others.
 * They need no index values of their own. One that sorts or stands in a declared pair is left as it is.
 */
export function findUnions(type: string, parameters: readonly Reachable[]): ReadonlyMap<string, readonly string[]> {
  const kept = new Set([...pairsOf(type).flat(), ...extractedSortKeys(type).map(({ param }) => param)]);
  const ways = parameters.flatMap((parameter) => {
    const found = waysOf(parameter);
    return found ? [{ code: parameter.code, found }] : [];
  });
  const unions = new Map<string, readonly string[]>();
  // The largest first would make a union of unions: the smallest first cannot.
  for (const { code, found } of [...ways].sort((a, b) => a.found.size - b.found.size)) {
    if (kept.has(code)) continue;
    const parts = ways.filter(
      (other) =>
        !unions.has(other.code) && other.found.size < found.size && [...other.found].every((way) => found.has(way)),
    );
    const covered = new Set(parts.flatMap((part) => [...part.found]));
    if (covered.size === found.size)
      unions.set(
        code,
        parts.map((part) => part.code),
      );
  }
  return unions;
}
