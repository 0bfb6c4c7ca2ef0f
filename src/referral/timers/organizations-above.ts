import type { Organization } from '@medplum/fhirtypes';
import { localTarget } from '../../fhir/references.js';
import { resourceOf } from '../../fhir/stored-resource.js';
import type { Store } from '../../store/store.js';
import { ALL_LEVELS, type Level } from '../deadlines/levels.js';

/** Facility, network, region; one more for a level that is added. */
const MOST_ABOVE = 4;

/**
 * Who is told at each level on behalf of a facility: the facility itself (its UAU), the organization it is part of, the one
 * above that. Where a level is missing, the highest there is stands for it. Answers are kept: one instance serves one run.
 */
export class OrganizationsAbove {
  readonly #chains = new Map<string, Promise<readonly string[]>>();

  constructor(private readonly store: Pick<Store, 'read'>) {}

  async #chainOf(facility: string): Promise<readonly string[]> {
    const chain: string[] = [];
    for (let id: string | undefined = facility; id !== undefined && chain.length < MOST_ABOVE;) {
      const stored = await this.store.read('Organization', id);
      if (!stored || stored.del || chain.includes(id)) break;
      chain.push(id);
      const above = localTarget(resourceOf<Organization>(stored).partOf?.reference ?? '');
      id = above?.type === 'Organization' ? above.id : undefined;
    }
    return chain;
  }

  /** Organization ids told by these levels, each once, in the order of the levels. */
  async told(facility: string, levels: readonly Level[]): Promise<readonly string[]> {
    const known = this.#chains.get(facility) ?? this.#chainOf(facility);
    this.#chains.set(facility, known);
    const chain = await known;
    const ids = levels.flatMap((level) => chain[ALL_LEVELS.indexOf(level)] ?? chain.at(-1) ?? []);
    return [...new Set(ids)];
  }
}
