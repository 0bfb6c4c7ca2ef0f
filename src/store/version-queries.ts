import type { mongo } from 'mongoose';
import type { HistoryEntry } from './envelope.js';
import { MOST_TEXT, readBounded } from './read-bounded.js';
import type { MatchQuestion, VersionOptions, VersionPage } from './store.js';
import type { Filter } from './write-plan.js';

/** Questions of one statement: each is a branch of its plan. */
const QUESTIONS_AT_ONCE = 50;
/** Most of its own matches that a question is told. */
const MOST_MATCHES = 2;

const historyOf = (db: mongo.Db): mongo.Collection<HistoryEntry> => db.collection<HistoryEntry>('history');

/** Page of versions, newest first; the order is that of the indexes of `history`. */
export async function findVersions(
  db: mongo.Db,
  filter: Filter,
  { limit, maxTimeMS, mostText = MOST_TEXT, hint, signal }: VersionOptions,
): Promise<VersionPage> {
  const cursor = historyOf(db).find(filter, {
    sort: { lu: -1, _id: -1 },
    limit: limit + 1,
    ...(maxTimeMS === undefined ? {} : { maxTimeMS }),
    ...(hint === undefined ? {} : { hint }),
    ...(signal ? { signal } : {}),
  });
  const { rows, complete } = await readBounded(cursor, mostText);
  return { rows: rows.slice(0, limit), more: rows.length > limit || !complete };
}

/** Times of versions by their `_id`. */
export async function versionTimes(
  db: mongo.Db,
  names: readonly string[],
  maxTimeMS: number,
): Promise<ReadonlyMap<string, Date>> {
  if (names.length === 0) return new Map();
  const found = await historyOf(db)
    .find({ _id: { $in: [...names] } }, { projection: { lu: 1 }, maxTimeMS })
    .toArray();
  return new Map(found.map(({ _id, lu }) => [_id, lu]));
}

const branch = ({ filter }: MatchQuestion, question: number): mongo.Document[] => [
  { $match: { ...filter, del: false } },
  { $limit: MOST_MATCHES },
  { $project: { _id: 0, id: '$_id', question: { $literal: question } } },
];

/** Answers many questions, of several collections, with one statement for every fifty; each uses the indexes of its own. */
export async function matchEach(
  db: mongo.Db,
  questions: readonly MatchQuestion[],
  maxTimeMS: number,
): Promise<readonly (readonly string[])[]> {
  const answers: string[][] = questions.map(() => []);
  for (let start = 0; start < questions.length; start += QUESTIONS_AT_ONCE) {
    const [first, ...others] = questions.slice(start, start + QUESTIONS_AT_ONCE);
    if (!first) break;
    const pipeline = [
      ...branch(first, start),
      ...others.map((question, index) => ({
        $unionWith: { coll: question.type, pipeline: branch(question, start + index + 1) },
      })),
    ];
    const found = db.collection(first.type).aggregate<{ id: string; question: number }>(pipeline, { maxTimeMS });
    for await (const { id, question } of found) answers[question]?.push(id);
  }
  return answers;
}
