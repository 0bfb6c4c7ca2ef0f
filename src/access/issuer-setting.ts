import type { Store } from '../store/store.js';

interface IssuerSetting {
  readonly _id: 'issuer';
  readonly url: string;
}

/** Keeps the issuer of the running service in the database, so that command line tools sign for the right one. */
export async function rememberIssuer(store: Store, issuer: string): Promise<void> {
  await store
    .support<IssuerSetting>('settings')
    .updateOne({ _id: 'issuer' }, { $set: { url: issuer } }, { upsert: true });
}

/** Issuer of the service that last started on this database; undefined when none ever did. */
export const knownIssuer = async (store: Store): Promise<string | undefined> =>
  (await store.support<IssuerSetting>('settings').findOne({ _id: 'issuer' }))?.url;
