import { createHash, randomBytes, randomFillSync } from 'node:crypto';
import { v7 } from 'uuid';

const RANDOM_BYTES = 16;
const pool = new Uint8Array(256 * RANDOM_BYTES);
let used = pool.length;

/** UUID v7 (RFC 9562): sorts by time. Random bytes are drawn in bulk: a system call for each id would cost more than the id. */
export function timeOrderedId(): string {
  if (used === pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  used += RANDOM_BYTES;
  return v7({ random: pool.subarray(used - RANDOM_BYTES, used) });
}

/** Random bucket: four hex digits that spread patients over shards (design.md 3.12). */
export const newBucket = (): string => randomBytes(2).toString('hex');

/** Server-given id `<bucket>-<uuid v7>`; a patient's compartment shares the patient's bucket. */
export const newId = (bucket: string = newBucket()): string => `${bucket}-${timeOrderedId()}`;

/** True for an id of the shape that the server gives. A client may not give one: it names a bucket. */
export const isServerId = (id: string): boolean => /^[0-9a-f]{4}-[0-9a-f]{8}-/.test(id);

/** Bucket of a server-given id; client-given ids hash to theirs. */
export function bucketOf(id: string): string {
  return isServerId(id) ? id.slice(0, 4) : createHash('sha256').update(id).digest('hex').slice(0, 4);
}

/**
 * Bucket of a resource: its id tells it, unless the client gave the id; then it is that of the patient whose record it
 * belongs to, so that a compartment stays together.
 */
export const bucketFor = (id: string, patient: string | undefined): string =>
  bucketOf(isServerId(id) ? id : (patient ?? id));

/**
 * The same id for the same key on every machine, in the shape of a server-given id: catalogue records
 * (regions, facilities, services, demo people) keep their address when the seed runs again.
 */
export function catalogueId(kind: string, key: string, bucket?: string): string {
  const h = createHash('sha256').update(`${kind}|${key}`).digest('hex');
  const uuid = `${h.slice(4, 12)}-${h.slice(12, 16)}-8${h.slice(17, 20)}-a${h.slice(21, 24)}-${h.slice(24, 36)}`;
  return `${bucket ?? h.slice(0, 4)}-${uuid}`;
}

/** SHA-256 in hex of a kind and a value: `_id` of claims and locks. */
export const keyHash = (kind: string, value: string): string =>
  createHash('sha256').update(`${kind}\u0000${value}`).digest('hex');
