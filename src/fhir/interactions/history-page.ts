import type { Caller } from '../../access/caller.js';
import type { HistoryEntry } from '../../store/envelope.js';
import type { Filter } from '../../store/write-plan.js';
import type { FhirContext } from '../fhir-context.js';
import { historyReach, type VersionReach, visibleVersions } from './history-reach.js';
import type { HistoryQuery } from './history-query.js';

/** Where a page ended, in the order of the history: newest first. */
export interface HistoryPosition {
  readonly lu: Date;
  readonly name: string;
}

export interface HistoryPage {
  readonly rows: readonly HistoryEntry[];
  /** Where the next page begins; absent on the last. */
  readonly next?: HistoryPosition;
}

/** Looks for rows of one page; a page may be shorter when most of what was looked at is not for the caller. */
const MOST_LOOKS = 10;

const newestFirst = (a: HistoryEntry, b: HistoryEntry): number =>
  b.lu.getTime() - a.lu.getTime() || (a._id < b._id ? 1 : -1);

/** Filter of the versions that a query asks for, older than a position. */
export function versionFilter(reach: Filter, { since, at }: HistoryQuery, after?: HistoryPosition): Filter {
  const until = [after?.lu, at && new Date(at.hi)].filter((date) => date !== undefined);
  const latest = until.length > 0 ? new Date(Math.min(...until.map((date) => date.getTime()))) : undefined;
  const lu = { ...(since ? { $gte: since } : {}), ...(latest ? { $lte: latest } : {}) };
  return {
    ...reach,
    ...((since ?? latest) ? { lu } : {}),
    // Not an $or: the planner would give up the order of the index for it.
    ...(after ? { $nor: [{ lu: after.lu, _id: { $gte: after.name } }] } : {}),
  };
}

/** Rows of several parts in one order, without a gap: where one of them was cut off, the others end too. */
async function merged(
  { store }: Pick<FhirContext, 'store'>,
  parts: readonly VersionReach[],
  limit: number,
  signal: { readonly signal?: AbortSignal },
): Promise<{ rows: readonly HistoryEntry[]; more: boolean }> {
  const pages = await Promise.all(
    parts.map(({ filter, index: hint }) => store.versions(filter, { limit, hint, ...signal })),
  );
  const distinct = new Map(pages.flatMap(({ rows }) => rows).map((row) => [row._id, row]));
  const ends = pages.flatMap(({ rows, more }) => (more ? (rows.at(-1) ?? []) : []));
  const [end] = [...ends].sort(newestFirst);
  const sure = [...distinct.values()].sort(newestFirst).filter((row) => !end || newestFirst(row, end) <= 0);
  return { rows: sure.slice(0, limit), more: end !== undefined || sure.length > limit };
}

/** Those versions that were current at some point of a time: not followed by another one before it began. */
async function currentAt(
  { store }: Pick<FhirContext, 'store'>,
  { at }: HistoryQuery,
  rows: readonly HistoryEntry[],
): Promise<readonly HistoryEntry[]> {
  if (!at) return rows;
  const nameAfter = ({ type, id, vid }: HistoryEntry): string => `${type}/${id}/${vid + 1}`;
  const older = rows.filter(({ lu }) => lu.getTime() < at.lo);
  const times = await store.versionTimes(older.map(nameAfter));
  return rows.filter((row) => {
    const followed = times.get(nameAfter(row))?.getTime();
    return row.lu.getTime() >= at.lo || followed === undefined || followed > at.lo;
  });
}

/** One page of the history of some types, as far as the caller may see it. */
export async function historyPage(
  context: Pick<FhirContext, 'store'>,
  { caller, signal }: { readonly caller: Caller; readonly signal?: AbortSignal },
  types: readonly string[],
  query: HistoryQuery,
  after: HistoryPosition | undefined,
): Promise<HistoryPage> {
  const reach = historyReach(caller, types);
  const rows: HistoryEntry[] = [];
  let position = after;
  for (let look = 0; look < MOST_LOOKS && rows.length < query.count; look += 1) {
    const parts = reach.map(({ filter, index }) => ({ filter: versionFilter(filter, query, position), index }));
    const found = await merged(context, parts, query.count - rows.length, signal ? { signal } : {});
    const asked = await currentAt(context, query, found.rows);
    rows.push(...(await visibleVersions(context, caller, asked)));
    const last = found.rows.at(-1);
    if (!last || !found.more) return { rows };
    position = { lu: last.lu, name: last._id };
  }
  return { rows, ...(position && query.count > 0 ? { next: position } : {}) };
}
