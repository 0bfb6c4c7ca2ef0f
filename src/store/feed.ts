import type { mongo } from 'mongoose';
import type { HistoryEntry } from './envelope.js';
import { decodePosition, encodePosition, type FeedPlace, positionFault } from './feed-position.js';

/** One change, with the position to continue after it. */
export interface FeedItem {
  readonly position: string;
  readonly entry: HistoryEntry;
}

export interface FeedOptions {
  /** Position to continue after, `FEED_START` for everything there is; absent: from now on. */
  readonly after?: string;
  /** Ends the feed. */
  readonly signal: AbortSignal;
  /** Entries come with an empty text: for consumers that need few of the texts and read those by themselves. */
  readonly withoutText?: boolean;
}

type Token = NonNullable<FeedPlace['token']>;
type Insert = mongo.ChangeStreamInsertDocument<HistoryEntry>;
type Changes = mongo.ChangeStream<HistoryEntry, Insert>;

/**
 * `lastUpdated` is set before the commit, and a transaction lives a minute at most; the rest is for clocks that differ.
 */
const OVERLAP_MS = 5 * 60_000;

/** The log no longer reaches back to the position, or (a restored database) never held it. */
const HISTORY_LOST = new Set<unknown>([286, 280]);
/** Named codes of a resume token that MongoDB did not make; most of its assertions about tokens have no name. */
const FOREIGN_TOKEN = new Set<unknown>([2, 9, 14, 15, 207, 260]);
const NAMELESS = /^Location\d+$/;

const codeOf = (error: unknown): unknown => (error as { code?: unknown } | null)?.code;

const isForeign = (error: unknown): boolean =>
  FOREIGN_TOKEN.has(codeOf(error)) || NAMELESS.test((error as { codeName?: string } | null)?.codeName ?? '');

const historyOf = (db: mongo.Db): mongo.Collection<HistoryEntry> =>
  db.collection<HistoryEntry>('history', { readConcern: { level: 'majority' } });

/** Left out by the server: texts are most of what an entry weighs. */
const EMPTY_TEXT = { $set: { 'fullDocument.json': '' } };

const openChanges = (
  db: mongo.Db,
  token: Token | undefined,
  { withoutText = false, ...options }: mongo.ChangeStreamOptions & Pick<FeedOptions, 'withoutText'> = {},
): Changes =>
  historyOf(db).watch<HistoryEntry, Insert>(
    [
      { $match: { operationType: 'insert' } },
      { $project: { fullDocument: 1, operationType: 1, ns: 1, documentKey: 1 } },
      ...(withoutText ? [EMPTY_TEXT] : []),
    ],
    token ? { ...options, resumeAfter: token } : options,
  );

/** Token of this moment: every commit from now on comes after it. Reads of the session see every commit before it. */
async function tokenOfNow(db: mongo.Db, session: mongo.ClientSession): Promise<Token> {
  const changes = openChanges(db, undefined, { maxAwaitTimeMS: 1, session });
  try {
    await changes.tryNext();
    return changes.resumeToken as Token;
  } finally {
    await changes.close();
  }
}

interface ScanOptions extends Pick<FeedOptions, 'signal' | 'withoutText'> {
  readonly token: Token;
  readonly session: mongo.ClientSession;
}

/** Older versions by `lastUpdated`, from a place on. */
async function* scan(
  db: mongo.Db,
  from: FeedPlace,
  { token, session, signal, withoutText }: ScanOptions,
): AsyncGenerator<FeedItem> {
  const lu = new Date(from.lu);
  const filter = { $or: [{ lu, _id: { $gt: from.scan ?? '' } }, { lu: { $gt: lu } }] };
  const projection = withoutText ? { projection: { json: 0 } } : {};
  const rows = historyOf(db).find(filter, { sort: { lu: 1, _id: 1 }, hint: { lu: 1, _id: 1 }, session, ...projection });
  for await (const row of rows) {
    if (signal.aborted) return;
    const entry = withoutText ? { ...row, json: '' } : row;
    yield { entry, position: encodePosition({ token, lu: entry.lu.getTime(), scan: entry._id }) };
  }
}

/** Resolves when the signal aborts. */
const aborted = (signal: AbortSignal): Promise<undefined> =>
  new Promise((done) => {
    if (signal.aborted) done(undefined);
    else signal.addEventListener('abort', () => done(undefined), { once: true });
  });

/** Changes as they are committed. */
async function* follow(
  db: mongo.Db,
  token: Token | undefined,
  { signal, withoutText = false }: Pick<FeedOptions, 'signal' | 'withoutText'>,
): AsyncGenerator<FeedItem> {
  const changes = openChanges(db, token, { withoutText });
  const stopped = aborted(signal);
  try {
    for (;;) {
      const next = changes.next();
      const change = await Promise.race([next, stopped]);
      if (!change) {
        // Closing the stream makes the waiting `next` fail.
        next.catch(() => undefined);
        return;
      }
      const { _id, fullDocument: entry } = change;
      yield { entry, position: encodePosition({ token: _id as Token, lu: entry.lu.getTime() }) };
    }
  } finally {
    // Not awaited: the server answers a waiting `getMore` only after a second.
    void changes.close().catch(() => undefined);
  }
}

/**
 * The outbox: every version written, in the order of the commits (a change stream over `history`, design.md 3.4).
 * At least once: when a position is too old for the stream, the feed goes back over `lastUpdated` with an overlap and
 * then follows again, so that a consumer may see an entry twice but never misses one.
 * Throws ServiceError 400 for a position that is not one of this feed; the driver's error when the database is away
 * for longer than the driver bridges: open it again with the last position.
 */
export async function* openFeed(db: mongo.Db, options: FeedOptions): AsyncGenerator<FeedItem> {
  const { after, signal } = options;
  let place: FeedPlace | undefined = after === undefined ? undefined : decodePosition(after);
  while (!signal.aborted) {
    try {
      let token = place?.token;
      if (place?.scan !== undefined) {
        // The token is that of the newest commit, which a majority may not have yet: a majority read could still miss it, and
        // so would the stream behind the token. In a causally consistent session the read waits until it is there.
        const session = db.client.startSession({ causalConsistency: true });
        try {
          const now = await tokenOfNow(db, session);
          token ??= now;
          for await (const item of scan(db, place, { ...options, token, session })) {
            place = decodePosition(item.position);
            yield item;
          }
        } finally {
          await session.endSession();
        }
      }
      for await (const item of follow(db, token, options)) {
        place = decodePosition(item.position);
        yield item;
      }
      return;
    } catch (error) {
      if (after !== undefined && isForeign(error)) throw positionFault(after);
      if (!place || !HISTORY_LOST.has(codeOf(error))) throw error;
      place = { lu: Math.max(0, place.lu - OVERLAP_MS), scan: '' };
    }
  }
}
