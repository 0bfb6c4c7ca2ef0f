import { groupOf } from '../../access/policy/type-groups.js';
import type { Store } from '../../store/store.js';
import type { Claim } from '../../store/write-plan.js';

/** Names remembered at most: an import refers to the same facilities again and again. */
const MOST_NAMES = 100_000;

/** What is stored already, as lines of an import ask. */
export interface Known {
  /** Which of these `Type/id` are there and not deleted. */
  stored(names: readonly string[]): Promise<ReadonlySet<string>>;
  /** Hash of a claim -> `Type/id` of who holds it. */
  holders(claims: readonly Claim[]): Promise<ReadonlyMap<string, string>>;
}

/** What the database holds. Names of the directory are remembered: facilities are not deleted while people refer to them. */
export class KnownRecords implements Known {
  readonly #names = new Set<string>();

  constructor(private readonly store: Pick<Store, 'heads' | 'claimHolders'>) {}

  #remember(name: string): void {
    if (this.#names.size >= MOST_NAMES) this.#names.clear();
    this.#names.add(name);
  }

  async stored(names: readonly string[]): Promise<ReadonlySet<string>> {
    const distinct = [...new Set(names)];
    const there = new Set(distinct.filter((name) => this.#names.has(name)));
    const byType = new Map<string, string[]>();
    for (const name of distinct) {
      if (there.has(name)) continue;
      const [type = '', id = ''] = name.split('/');
      byType.set(type, [...(byType.get(type) ?? []), id]);
    }
    const asked = [...byType].map(async ([type, ids]) => {
      for (const { _id, del } of await this.store.heads(type, ids)) if (!del) there.add(`${type}/${_id}`);
    });
    await Promise.all(asked);
    for (const name of there) if (groupOf(name.split('/', 1)[0] ?? '') === 'directory') this.#remember(name);
    return there;
  }

  holders(claims: readonly Claim[]): Promise<ReadonlyMap<string, string>> {
    return this.store.claimHolders(claims);
  }
}
