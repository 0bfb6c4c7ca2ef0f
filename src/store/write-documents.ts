import { mongo } from 'mongoose';
import { unavailable } from '../errors.js';
import type { AuditRecord } from './audit-record.js';
import type { HistoryEntry, StoredResource } from './envelope.js';
import { toHistory } from './history-entry.js';
import { patientUpdate, relationUpdate } from './patient-relations.js';
import type { StampedPlan } from './stamped-plan.js';
import { type ResourceWrite, type SupportRow, VersionConflict } from './write-plan.js';

type Replacement = ResourceWrite & { readonly replaces?: number };

/** Text up to which documents with all their search values surely fit into one message of 48 MB, characters. */
const ONE_MESSAGE = 1_048_576;

const textOf = (documents: readonly mongo.Document[]): number =>
  documents.reduce((sum, { json }) => sum + (typeof json === 'string' ? json.length : 0), 0);

/**
 * Inserts documents by one command of their own, unless there is much text: the driver's bulk writing measures each document
 * beforehand, to spread them over several messages, which costs more than the rest of it.
 * @throws MongoServerError of the first document that is refused
 */
export async function insertAll<T extends mongo.Document>(
  db: mongo.Db,
  collection: string,
  documents: readonly T[],
  session: mongo.ClientSession,
): Promise<void> {
  if (documents.length === 0) return;
  if (textOf(documents) > ONE_MESSAGE) {
    await db.collection(collection).insertMany([...documents], { session });
    return;
  }
  const { writeErrors = [] } = await db.command(
    { insert: collection, documents: [...documents], ordered: true },
    { session },
  );
  const [refused] = writeErrors as readonly mongo.ErrorDescription[];
  if (refused) throw new mongo.MongoServerError(refused);
}

/** What stands in the way of a version; read inside the transaction. */
export async function conflict(
  db: mongo.Db,
  session: mongo.ClientSession,
  type: string,
  id: string,
): Promise<VersionConflict> {
  const current = await db.collection<StoredResource>(type).findOne({ _id: id }, { session, projection: { vid: 1 } });
  return new VersionConflict(type, id, current?.vid);
}

const filterOf = ({ doc, replaces }: Replacement): { readonly _id: string; readonly vid: number } => ({
  _id: doc._id,
  vid: replaces ?? 0,
});

async function replaceOne(db: mongo.Db, session: mongo.ClientSession, write: Replacement): Promise<void> {
  const { type, doc } = write;
  const collection = db.collection<StoredResource>(type);
  const { matchedCount } =
    type === 'Patient'
      ? await collection.updateOne(filterOf(write), patientUpdate(doc), { session })
      : await collection.replaceOne(filterOf(write), doc, { session });
  if (matchedCount === 0) throw await conflict(db, session, type, doc._id);
}

/** The one of several versions that is not there to be replaced any more: the first that the transaction has not written. */
async function lostOf(
  db: mongo.Db,
  session: mongo.ClientSession,
  type: string,
  writes: readonly Replacement[],
): Promise<VersionConflict> {
  const times = new Map(writes.map(({ doc }) => [doc._id, doc.lu.getTime()]));
  const found = await db
    .collection<StoredResource>(type)
    .find({ _id: { $in: [...times.keys()] } }, { session, projection: { vid: 1, lu: 1 } })
    .toArray();
  const stored = new Map(found.map((doc) => [doc._id, doc]));
  const lost = writes.find(({ doc }) => {
    const now = stored.get(doc._id);
    return now?.vid !== doc.vid || now.lu.getTime() !== times.get(doc._id);
  });
  const id = (lost ?? writes[0]!).doc._id;
  return new VersionConflict(type, id, stored.get(id)?.vid);
}

/** New versions of several resources of one type in one statement. */
async function replaceAll(
  db: mongo.Db,
  session: mongo.ClientSession,
  type: string,
  writes: readonly Replacement[],
): Promise<void> {
  const [first] = writes;
  if (writes.length === 1 && first) return replaceOne(db, session, first);
  const operations: mongo.AnyBulkWriteOperation<StoredResource>[] = writes.map((write) =>
    type === 'Patient'
      ? { updateOne: { filter: filterOf(write), update: patientUpdate(write.doc) } }
      : { replaceOne: { filter: filterOf(write), replacement: write.doc } },
  );
  const { matchedCount } = await db.collection<StoredResource>(type).bulkWrite(operations, { session });
  if (matchedCount < writes.length) throw await lostOf(db, session, type, writes);
}

const byType = (writes: readonly ResourceWrite[]): Map<string, ResourceWrite[]> => {
  const groups = new Map<string, ResourceWrite[]>();
  for (const write of writes) {
    const group = groups.get(write.type);
    if (group) group.push(write);
    else groups.set(write.type, [write]);
  }
  return groups;
};

async function addRelations(db: mongo.Db, session: mongo.ClientSession, plans: readonly StampedPlan[]): Promise<void> {
  for (const { patient, relation } of plans.flatMap(({ plan }) => plan.relations ?? [])) {
    const { matchedCount } = await db
      .collection<StoredResource>('Patient')
      .updateOne({ _id: patient, del: false }, relationUpdate(relation), { session });
    if (matchedCount === 0) throw new VersionConflict('Patient', patient, undefined);
  }
}

/**
 * Writes current versions, relations and history of plans: one statement for each collection and kind of write, however
 * many plans there are.
 * @throws VersionConflict when a version is not there to be replaced any more
 */
export async function writeResources(
  db: mongo.Db,
  session: mongo.ClientSession,
  plans: readonly StampedPlan[],
): Promise<void> {
  const writes = plans.flatMap(({ plan }) => plan.writes);
  for (const [type, replaced] of byType(writes.filter(({ method }) => method !== 'create')))
    await replaceAll(db, session, type, replaced);
  for (const [type, created] of byType(writes.filter(({ method }) => method === 'create')))
    await insertAll(
      db,
      type,
      created.map(({ doc }) => doc),
      session,
    );
  await addRelations(db, session, plans);
  const entries = plans.flatMap(({ plan }) => plan.writes.map((write) => toHistory(write, plan.requestId)));
  await insertAll<HistoryEntry>(db, 'history', entries, session);
}

/** Rows beside the resources, such as how far an import has come. */
export async function writeSupport(
  db: mongo.Db,
  session: mongo.ClientSession,
  plans: readonly StampedPlan[],
): Promise<void> {
  const byCollection = new Map<string, SupportRow['row'][]>();
  for (const { collection, row } of plans.flatMap(({ plan }) => plan.support ?? []))
    byCollection.set(collection, [...(byCollection.get(collection) ?? []), row]);
  for (const [name, rows] of byCollection)
    await db.collection<{ _id: string }>(name).bulkWrite(
      rows.map((row) => ({ replaceOne: { filter: { _id: row._id }, replacement: row, upsert: true } })),
      { session, ordered: false },
    );
}

/** Without its audit record nothing is written: a refusal of the database here is 503, whatever its kind (full disk, ...). */
export async function writeAudit(
  db: mongo.Db,
  session: mongo.ClientSession,
  plans: readonly StampedPlan[],
): Promise<void> {
  try {
    await insertAll<AuditRecord>(
      db,
      'audit',
      plans.flatMap(({ audit }) => audit),
      session,
    );
  } catch (error) {
    // The transaction is tried again for these.
    if ((error as { errorLabels?: readonly string[] } | null)?.errorLabels?.includes('TransientTransactionError'))
      throw error;
    throw unavailable(2, error);
  }
}
