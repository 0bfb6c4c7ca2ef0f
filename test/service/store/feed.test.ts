import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { setTimeout as sleep } from 'node:timers/promises';
import type { mongo } from 'mongoose';
import { isServiceError } from '../../../src/errors.js';
import type { HistoryEntry } from '../../../src/store/envelope.js';
import { openFeed } from '../../../src/store/feed.js';
import { decodePosition, encodePosition, FEED_START } from '../../../src/store/feed-position.js';
import { loadPosition, savePosition } from '../../../src/store/positions.js';
import { openTestDatabase, type TestDatabase } from './test-database.js';

const entry = (id: string, lu = new Date()): HistoryEntry => ({
  _id: `Patient/${id}/1`,
  b: '0000',
  type: 'Patient',
  id,
  vid: 1,
  lu,
  method: 'POST',
  acc: [],
  lab: [],
  req: 'r',
  json: '{}',
});

describe('feed', () => {
  let database: TestDatabase;
  let history: mongo.Collection<HistoryEntry>;
  let stop: AbortController;
  beforeAll(async () => {
    database = await openTestDatabase('feed');
    history = database.db.collection<HistoryEntry>('history');
    stop = new AbortController();
  });
  afterEach(async () => {
    stop.abort();
    stop = new AbortController();
    await database.clear();
  });
  afterAll(() => database.close());

  interface Taken {
    readonly ids: string[];
    readonly positions: string[];
  }

  /** Reads until `count` entries have come that `live` has not written; gives their ids and positions. */
  const take = async (count: number, after?: string, live = false): Promise<Taken> => {
    const ids: string[] = [];
    const positions: string[] = [];
    for await (const { entry: row, position } of openFeed(database.db, {
      ...(after ? { after } : {}),
      signal: stop.signal,
    })) {
      if (row.id.startsWith('live') !== live) continue;
      ids.push(row.id);
      positions.push(position);
      if (ids.length === count) break;
    }
    return { ids, positions };
  };
  const write = (...ids: string[]) => history.insertMany(ids.map((id) => entry(id)));

  let lives = 0;
  /** A position that was given while following. */
  const live = async (): Promise<string> => {
    let read = false;
    const reading = take(1, undefined, true).finally(() => (read = true));
    while (!read) {
      await write(`live${(lives += 1)}`);
      await sleep(20);
    }
    return (await reading).positions[0] ?? '';
  };

  it('gives everything from the start, then what comes, each at least once', async () => {
    await write('a', 'b');
    const seen = new Set<string>();
    const reading = (async () => {
      for await (const item of openFeed(database.db, { after: FEED_START, signal: stop.signal }))
        if (seen.add(item.entry.id).size === 4) return;
    })();
    await write('c');
    await write('d');
    await reading;
    expect([...seen].sort()).toEqual(['a', 'b', 'c', 'd']);
  });

  it('continues after a position, in the order of the commits and not of lastUpdated', async () => {
    const position = await live();
    await database.client.withSession(async (late) => {
      late.startTransaction();
      await history.insertMany([entry('late1', new Date(0)), entry('late2', new Date(0))], { session: late });
      await write('early');
      await late.commitTransaction();
    });
    await write('last');
    const { ids, positions: next } = await take(4, position);
    expect(ids).toEqual(['early', 'late1', 'late2', 'last']);
    expect((await take(2, next[1])).ids).toEqual(['late2', 'last']);
  });

  it('leaves texts out for whoever wants none, of what was and of what comes', async () => {
    await write('a');
    const texts: string[] = [];
    const reading = (async () => {
      const options = { after: FEED_START, signal: stop.signal, withoutText: true };
      for await (const item of openFeed(database.db, options))
        if (texts.push(`${item.entry.id} ${item.entry.acc.length} ${item.entry.json}`) >= 3) return;
    })();
    while (texts.length < 3) {
      await write(`live${(lives += 1)}`);
      await sleep(20);
    }
    await reading;
    expect(texts[0]).toBe('a 0 ');
    expect(texts.every((text) => / 0 $/.test(text))).toBe(true);
  });

  it('continues a scan that was left in the middle', async () => {
    await write('a', 'b', 'c');
    const { positions } = await take(2, FEED_START);
    await write('d');
    expect((await take(2, positions[1])).ids).toEqual(['c', 'd']);
  });

  it('ends at once when it is stopped', async () => {
    const reading = take(1);
    setTimeout(() => stop.abort(), 100);
    expect((await reading).ids).toEqual([]);
  });

  it('goes back over lastUpdated with an overlap when the position is too old for the stream', async () => {
    const now = Date.now();
    const minutes = (m: number): Date => new Date(now + m * 60_000);
    await history.insertMany([
      entry('long-ago', minutes(-60)),
      entry('overlap', minutes(-12)),
      entry('after', minutes(-1)),
    ]);
    // Bytes 5 to 8 of a token count the changes within its second: one that this replica set has never given out.
    const data = String(decodePosition(await live()).token?.['_data']);
    const token = { _data: `${data.slice(0, 10)}00000000${data.slice(18)}` };
    const old = encodePosition({ token, lu: now - 10 * 60_000 });
    expect((await take(2, old)).ids).toEqual(['overlap', 'after']);
    const reading = take(3, old);
    await write('new');
    expect((await reading).ids).toEqual(['overlap', 'after', 'new']);
  });

  it('reads older versions no earlier than the moment from which it follows, so that none falls in between', async () => {
    await write('a');
    const times: { opened?: mongo.Timestamp; read?: mongo.Timestamp } = {};
    const opened = ({ commandName, reply }: mongo.CommandSucceededEvent): void => {
      if (commandName === 'aggregate') times.opened ??= (reply as { operationTime: mongo.Timestamp }).operationTime;
    };
    const read = ({ commandName, command }: mongo.CommandStartedEvent): void => {
      const { level, afterClusterTime } = (command['readConcern'] ?? {}) as mongo.Document;
      if (commandName === 'find' && level === 'majority') times.read ??= afterClusterTime as mongo.Timestamp;
    };
    database.client.on('commandSucceeded', opened).on('commandStarted', read);
    await take(1, FEED_START);
    database.client.off('commandSucceeded', opened).off('commandStarted', read);
    expect(times.opened).toBeDefined();
    expect(times.read?.greaterThanOrEqual(times.opened!)).toBe(true);
  });

  it.each([
    ['no text of ours', 'x'],
    ['a token of nobody', encodePosition({ token: { _data: 'zz' }, lu: 0 })],
    ['an empty token', encodePosition({ token: { _data: '' }, lu: 0 })],
    ['a token with a strange beginning', encodePosition({ token: { _data: '8263' }, lu: 0 })],
    ['a token of another kind', encodePosition({ token: { _data: '1a2b3c' }, lu: 0 })],
    ['a token with more fields', encodePosition({ token: { _data: '82', x: 1 }, lu: 0 })],
  ])('refuses with 400: %s', async (_name, after) => {
    const error = await take(1, after).catch((caught: unknown) => caught);
    expect(isServiceError(error) ? [error.status, error.code] : error).toEqual([400, 'parameter-value']);
  });

  it('keeps positions of consumers by name', async () => {
    expect(await loadPosition(database.db, 'sms')).toBeUndefined();
    await savePosition(database.db, 'sms', 'one');
    await savePosition(database.db, 'sms', 'two');
    await savePosition(database.db, 'mail', 'three');
    expect(await loadPosition(database.db, 'sms')).toBe('two');
  });
});
