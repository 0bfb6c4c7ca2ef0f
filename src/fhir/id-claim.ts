import { fault, type ServiceError } from '../errors.js';
import type { StoredResource } from '../store/envelope.js';
import { isServerId } from '../store/ids.js';
import type { Claim } from '../store/write-plan.js';

/** Kind of the claim of an id that the client gave. */
const CLIENT_ID = 'client-id';

/** A client-given id is claimed: it does not tell its bucket, and a shard alone cannot know that it is given once (design.md 3.12). */
export const idClaim = (type: string, { _id, b }: StoredResource): readonly Claim[] =>
  isServerId(_id) ? [] : [{ kind: CLIENT_ID, value: `${type}/${_id}`, ref: `${type}/${_id}`, notes: { b } }];

/** Somebody created under the same id meanwhile: then this is an update. Other values that are taken are 409. */
export function taken({ kind, ref }: Claim): ServiceError {
  const [type = '', id = ''] = ref.split('/');
  if (kind === CLIENT_ID) return fault('version-conflict', { type, id, current: 1 });
  return kind === 'slot' ? fault('slot-taken', {}, 'slot') : fault('duplicate', { kind });
}
