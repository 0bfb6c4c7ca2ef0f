import type { Store } from '../../store/store.js';
import { Deadlines } from './deadlines.js';
import type { Edition } from './edition.js';
import { editionAt } from './edition-at.js';
import { SHIPPED_DEADLINES, SHIPPED_EDITION, withShippedRest } from './shipped-edition.js';

/** An edition as it is stored: the number is its id. */
export type StoredEdition = Edition & { readonly _id: string };

/** How long a process goes on with the editions it has read, ms: a new one counts everywhere after that. */
export const BOOK_MS = 10_000;

/** An edition from before a clock existed goes by the terms of that clock which came with the service. */
function withNewClocks(edition: Edition): Edition {
  const known = new Set(edition.terms.map(({ clock }) => clock));
  const added = SHIPPED_EDITION.terms.filter(({ clock }) => !known.has(clock));
  return added.length === 0 ? edition : { ...edition, terms: [...edition.terms, ...added] };
}

/** All editions of the table of deadlines. */
export class DeadlineBook {
  readonly #ready = new Map<number, Deadlines>();

  /** @param editions all of them; the shipped one stands for an empty database */
  constructor(readonly editions: readonly Edition[]) {
    if (editions.length === 0) this.editions = [SHIPPED_EDITION];
  }

  #deadlines(edition: Edition): Deadlines {
    const known =
      edition === SHIPPED_EDITION
        ? SHIPPED_DEADLINES
        : (this.#ready.get(edition.number) ?? new Deadlines(withNewClocks(edition)));
    this.#ready.set(edition.number, known);
    return known;
  }

  /** The deadlines by which clocks start (or started) at a moment. */
  at(moment: Date): Deadlines {
    return this.#deadlines(editionAt(this.editions, moment));
  }

  /** The deadlines of one edition; undefined when there is none of this number. */
  edition(number: number): Deadlines | undefined {
    const found = this.editions.find((edition) => edition.number === number);
    return found && this.#deadlines(found);
  }
}

interface CachedBook {
  readonly book: DeadlineBook;
  readonly readAt: number;
}

/** What processes keep between two reads; dropping it costs one read. */
const books = new WeakMap<Store, CachedBook>();

/** The editions in the database, at most `BOOK_MS` old. */
export async function deadlineBook(store: Store): Promise<DeadlineBook> {
  const cached = books.get(store);
  if (cached && performance.now() - cached.readAt < BOOK_MS) return cached.book;
  const readAt = performance.now();
  const rows = await store
    .support<StoredEdition>('deadlines')
    .find({}, { sort: { number: 1 }, maxTimeMS: 5_000 })
    .toArray();
  const same = cached && rows.length === cached.book.editions.length && rows.length > 0;
  // An edition never changes: as many as before are the same ones.
  const book = same ? cached.book : new DeadlineBook(rows.map(({ _id, ...edition }) => withShippedRest(edition)));
  books.set(store, { book, readAt });
  return book;
}

/** The next question reads the database: after this process has loaded an edition. */
export const forgetDeadlines = (store: Store): void => void books.delete(store);

/** The deadlines in force at a moment. */
export const deadlinesAt = async (store: Store, moment: Date): Promise<Deadlines> =>
  (await deadlineBook(store)).at(moment);
