import type { Adapter, AdapterFactory, AdapterPayload } from 'oidc-provider';
import type { Store } from '../store/store.js';
import type { OidcModule } from './load-oidc-provider.js';

/** One artifact of the authorization server: a used assertion, later codes, refresh tokens, sessions, grants. */
interface OidcDocument {
  /** `Model:id`. */
  readonly _id: string;
  readonly model: string;
  readonly expiresAt?: Date;
  /** Seconds since 1970 of the first and only use. */
  readonly consumed?: number;
  readonly uid?: string;
  readonly grantId?: string;
  readonly userCode?: string;
  /** The library's payload as JSON text: its keys may be anything, URLs included. */
  readonly payload: string;
}

/** Finds a client's metadata; clients are accounts, not artifacts. */
export type ClientFinder = (clientId: string) => Promise<AdapterPayload | undefined>;

export interface OidcAdapterOptions {
  readonly store: Store;
  readonly errors: OidcModule['errors'];
  readonly findClient: ClientFinder;
}

/** MongoDB: duplicate key. */
const isDuplicate = (error: unknown): boolean => (error as { code?: unknown } | null)?.code === 11000;
const majority = { writeConcern: { w: 'majority' as const } };

/**
 * Storage of `oidc-provider` on MongoDB, shared by all processes. The library looks and then writes; what must happen
 * once is therefore decided here, by the database: a client assertion (`jti`) is inserted and never overwritten, and
 * codes and refresh tokens are consumed by the first only. Indexes: `oidc` in src/store/index-catalogue.ts.
 */
export function createOidcAdapter({ store, errors, findClient }: OidcAdapterOptions): AdapterFactory {
  const collection = store.support<OidcDocument>('oidc');

  const findBy = async (filter: Readonly<Record<string, unknown>>): Promise<AdapterPayload | undefined> => {
    const found = await collection.findOne(filter);
    // The TTL index deletes up to a minute late.
    if (!found || (found.expiresAt && found.expiresAt.getTime() <= Date.now())) return undefined;
    const payload = JSON.parse(found.payload) as AdapterPayload;
    return found.consumed === undefined ? payload : { ...payload, consumed: found.consumed };
  };

  return (model): Adapter => {
    const key = (id: string): string => `${model}:${id}`;
    return {
      async upsert(id, payload, expiresIn) {
        const document: OidcDocument = {
          _id: key(id),
          model,
          payload: JSON.stringify(payload),
          ...(expiresIn ? { expiresAt: new Date(Date.now() + expiresIn * 1_000) } : {}),
          ...(payload.uid ? { uid: payload.uid } : {}),
          ...(payload.grantId ? { grantId: payload.grantId } : {}),
          ...(payload.userCode ? { userCode: payload.userCode } : {}),
        };
        if (model !== 'ReplayDetection') {
          const { _id, ...rest } = document;
          await collection.replaceOne({ _id }, rest, { upsert: true, ...majority });
          return;
        }
        try {
          await collection.insertOne(document, majority);
        } catch (error) {
          if (!isDuplicate(error)) throw error;
          throw new errors.InvalidClientAuth('client assertion tokens must only be used once');
        }
      },
      find: (id) => (model === 'Client' ? findClient(id) : findBy({ _id: key(id) })),
      findByUid: (uid) => findBy({ model, uid }),
      findByUserCode: (userCode) => findBy({ model, userCode }),
      async consume(id) {
        const now = Math.floor(Date.now() / 1_000);
        const { matchedCount } = await collection.updateOne(
          { _id: key(id), consumed: { $exists: false } },
          { $set: { consumed: now } },
          majority,
        );
        if (matchedCount === 0) throw new errors.InvalidGrant('already consumed');
      },
      async destroy(id) {
        await collection.deleteOne({ _id: key(id) }, majority);
      },
      async revokeByGrantId(grantId) {
        await collection.deleteMany({ grantId }, majority);
      },
    };
  };
}
