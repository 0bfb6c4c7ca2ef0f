import { parse, stringify, validate } from 'uuid';

/** What a seal keeps of one audit record. */
export interface SealEntry {
  /** `_id` of the record, a UUID. */
  readonly id: string;
  /** Number within its process. */
  readonly n: number;
  /** SHA-256 of the record, 32 bytes. */
  readonly hash: Uint8Array;
}

const ID = 16;
const NUMBER = 6;
const HASH = 32;
/** Bytes of one entry. */
export const ENTRY_BYTES: number = ID + NUMBER + HASH;
const HIGHEST = 2 ** 48 - 1;

/** True when a record's id and number can stand in a seal; every record that the service writes has such. */
export const isSealable = <T extends { readonly _id: unknown; readonly n: unknown }>(
  record: T,
): record is T & { readonly _id: string; readonly n: number } =>
  typeof record._id === 'string' &&
  record._id === record._id.toLowerCase() &&
  validate(record._id) &&
  Number.isInteger(record.n) &&
  (record.n as number) >= 1 &&
  (record.n as number) <= HIGHEST;

/** Entries as rows of 54 bytes: UUID, number (48 bits, big endian), hash. */
export function encodeEntries(entries: readonly SealEntry[]): Buffer {
  const bytes = Buffer.alloc(entries.length * ENTRY_BYTES);
  entries.forEach(({ id, n, hash }, i) => {
    const start = i * ENTRY_BYTES;
    bytes.set(parse(id), start);
    bytes.writeUIntBE(n, start + ID, NUMBER);
    bytes.set(hash, start + ID + NUMBER);
  });
  return bytes;
}

/** Rows of the bytes, for the tree. Throws RangeError when they are not whole rows. */
export function entryRows(bytes: Uint8Array): Uint8Array[] {
  if (bytes.length % ENTRY_BYTES !== 0) throw new RangeError('seal entries are cut');
  return Array.from({ length: bytes.length / ENTRY_BYTES }, (_, i) =>
    bytes.subarray(i * ENTRY_BYTES, (i + 1) * ENTRY_BYTES),
  );
}

/** Reads entries back. Throws RangeError when the bytes are not whole rows, TypeError when an id is no UUID. */
export function decodeEntries(bytes: Uint8Array): SealEntry[] {
  return entryRows(bytes).map((row) => ({
    id: stringify(row.subarray(0, ID)),
    n: Buffer.from(row).readUIntBE(ID, NUMBER),
    hash: row.subarray(ID + NUMBER),
  }));
}
