import type { mongo } from 'mongoose';
import { referenceKey } from '../../src/fhir/search/search-keys.js';
import type { StoredResource } from '../../src/store/envelope.js';

/** A facility and the account of its system. */
export interface BusyFacility {
  readonly account: string;
  /** Organization id. */
  readonly facility: string;
}

const systems = (db: mongo.Db): Promise<{ _id: string; facility: string }[]> =>
  db
    .collection<{ _id: string; facility: string; kind: string }>('accounts')
    .find({ kind: 'system', facility: { $exists: true } }, { sort: { _id: 1 } })
    .toArray();

/** Some facility with a system of its own, for a database without people. Throws when there are no accounts. */
export async function anyFacility(db: mongo.Db): Promise<BusyFacility> {
  const [first] = await systems(db);
  if (!first) throw new Error('the database has no demonstration accounts');
  return { account: first._id, facility: first.facility };
}

/**
 * The facility with a system of its own that has most of everything that is asked for: patients whose record it sees,
 * Observations it keeps, Tasks it owns. The scarcest of the three decides.
 * @throws Error when each lacks something
 */
export async function busiestFacility(db: mongo.Db): Promise<BusyFacility> {
  const accounts = await systems(db);
  const counted = await Promise.all(
    accounts.map(async ({ _id: account, facility }) => {
      const resources = (type: string): mongo.Collection<StoredResource> => db.collection(type);
      const owner = referenceKey('owner', `Organization/${facility}`);
      const counts = await Promise.all([
        resources('Patient').countDocuments({ acc: facility, del: false }),
        resources('Observation').countDocuments({ acc: facility, own: facility, del: false }),
        resources('Task').countDocuments({ acc: facility, 's.ref': owner, del: false }),
      ]);
      return { account, facility, scarcest: Math.min(...counts) };
    }),
  );
  const [best] = counted.sort((a, b) => b.scarcest - a.scarcest);
  if (!best || best.scarcest === 0)
    throw new Error('no demonstration facility has patients, Observations and Tasks: take more patients');
  return { account: best.account, facility: best.facility };
}
