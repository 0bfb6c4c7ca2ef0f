import { linkedScope } from '../../access/policy/linked-scope.js';
import type { Caller } from '../../access/caller.js';
import type { FoundResource } from '../../store/envelope.js';
import type { Store } from '../../store/store.js';
import type { Filter } from '../../store/write-plan.js';
import { among, every } from './filter.js';
import { SEARCH_LIMITS } from './limits.js';
import { referenceKey } from './search-keys.js';
import type { Include } from './search-graph.js';

/** A resource of a known type; its references came with it. */
export interface TypedRow {
  readonly type: string;
  readonly row: FoundResource;
}

export interface Included {
  readonly rows: readonly TypedRow[];
  /** True when not all that was asked for is there. */
  readonly cut: boolean;
}

interface IncludeContext {
  readonly store: Pick<Store, 'find'>;
  readonly caller: Caller;
  /** Patients of the page with whom a facility of the caller has a relation. */
  readonly related: readonly string[];
  readonly signal?: AbortSignal;
}

/** One look-up of a level. */
interface LookUp {
  readonly type: string;
  readonly filter: Filter;
  /** Rows that it can have at most; undefined when only the database knows. */
  readonly most?: number;
}

const keyOf = (type: string, id: string): string => `${type}/${id}`;

/** What includes of one level ask for, and what is known already. */
class Level {
  readonly #frontier: readonly TypedRow[];
  readonly #seen: ReadonlySet<string>;
  /** Ids to follow, by type. */
  readonly #wanted = new Map<string, Set<string>>();
  readonly #lookUps: LookUp[] = [];

  constructor(frontier: readonly TypedRow[], seen: ReadonlySet<string>) {
    this.#frontier = frontier;
    this.#seen = seen;
  }

  add({ direction, source, param, targets }: Include): void {
    if (direction === 'include') this.#follow(source, param, targets);
    else this.#findReferring(source, param, targets);
  }

  #follow(source: string, param: string, targets: readonly string[]): void {
    const prefixes = targets.map((type) => ({ type, prefix: referenceKey(param, `${type}/`) }));
    const references = this.#frontier.flatMap(({ type, row }) => (type === source ? (row.s?.ref ?? []) : []));
    for (const reference of references) {
      const target = prefixes.find(({ prefix }) => reference.startsWith(prefix));
      if (!target) continue;
      const id = reference.slice(target.prefix.length);
      if (this.#seen.has(keyOf(target.type, id))) continue;
      const ids = this.#wanted.get(target.type) ?? new Set<string>();
      this.#wanted.set(target.type, ids.add(id));
    }
  }

  #findReferring(source: string, param: string, targets: readonly string[]): void {
    const keys = this.#frontier.flatMap(({ type, row }) =>
      targets.includes(type) ? [referenceKey(param, keyOf(type, row._id))] : [],
    );
    if (keys.length > 0) this.#lookUps.push({ type: source, filter: among('s.ref', keys) });
  }

  lookUps(): readonly LookUp[] {
    const forward = [...this.#wanted].map(([type, ids]): LookUp => ({
      type,
      filter: among('_id', [...ids]),
      most: ids.size,
    }));
    return [...forward, ...this.#lookUps];
  }
}

/**
 * Resources around the rows of a page (FHIR R4 search, 3.1.1.5.4), as far as the caller may see them: one round trip for
 * each level of `:iterate`. Nothing comes twice, no match again. The policy stands in each look-up, so that what is out of
 * reach does not count for the cap either.
 * @param matches rows to start from, with their references
 */
export async function fetchIncluded(
  { store, caller, related, signal }: IncludeContext,
  matches: readonly TypedRow[],
  includes: readonly Include[],
): Promise<Included> {
  const seen = new Set(matches.map(({ type, row }) => keyOf(type, row._id)));
  const rows: TypedRow[] = [];

  const fetch = async (lookUp: LookUp): Promise<TypedRow[]> => {
    const { type, filter, most = Number.POSITIVE_INFINITY } = lookUp;
    const scope = linkedScope(caller, type, 'r', related);
    if (!scope) return [];
    const limit = Math.min(most, SEARCH_LIMITS.included - rows.length + 1 + seen.size);
    const options = { limit, references: true, ...(signal ? { signal } : {}) };
    return (await store.find(type, every([filter, scope]), options)).map((row) => ({ type, row }));
  };

  let frontier = matches;
  for (let depth = 0; frontier.length > 0; depth += 1) {
    const level = new Level(frontier, seen);
    for (const include of includes) if (depth === 0 || include.iterate) level.add(include);
    const lookUps = level.lookUps();
    if (lookUps.length === 0) break;
    const fresh = (await Promise.all(lookUps.map(fetch))).flat().filter(({ type, row }) => {
      const key = keyOf(type, row._id);
      return !seen.has(key) && seen.add(key);
    });
    if (depth > SEARCH_LIMITS.includeLevels) return { rows, cut: fresh.length > 0 };
    if (rows.length + fresh.length > SEARCH_LIMITS.included)
      return { rows: [...rows, ...fresh.slice(0, SEARCH_LIMITS.included - rows.length)], cut: true };
    rows.push(...fresh);
    frontier = fresh;
  }
  return { rows, cut: false };
}
