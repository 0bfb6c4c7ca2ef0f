import type { StoredHead } from '../store/envelope.js';
import type { Store } from '../store/store.js';

/**
 * Envelopes read for the decisions of one request, each asked of the database once: the existence of a referenced
 * patient, the caller's relation to the patient and the facts to add to it come from the same look-up.
 * Made for one request and thrown away with it.
 */
export class HeadLoader implements Pick<Store, 'heads'> {
  readonly #store: Pick<Store, 'heads'>;
  readonly #known = new Map<string, Promise<StoredHead | undefined>>();

  constructor(store: Pick<Store, 'heads'>) {
    this.#store = store;
  }

  async heads(type: string, ids: readonly string[]): Promise<StoredHead[]> {
    const unknown = [...new Set(ids)].filter((id) => !this.#known.has(`${type}/${id}`));
    if (unknown.length > 0) {
      const asked = this.#store.heads(type, unknown);
      for (const id of unknown)
        this.#known.set(
          `${type}/${id}`,
          asked.then((heads) => heads.find(({ _id }) => _id === id)),
        );
    }
    const asked = [...new Set(ids)].flatMap((id) => this.#known.get(`${type}/${id}`) ?? []);
    return (await Promise.all(asked)).filter((head) => head !== undefined);
  }
}
