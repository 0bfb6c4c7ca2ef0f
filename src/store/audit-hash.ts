import { createHash } from 'node:crypto';

interface BsonValue {
  readonly _bsontype: string;
}

const isBson = (value: object): value is BsonValue => '_bsontype' in value;

/**
 * Canonical text of a value as MongoDB gives it back: keys sorted, no white space, dates as `{"$date":"<ISO>"}`,
 * every other database type under its own tag, so that no change of a value or of its type leaves the text as it was.
 * Keys with the value undefined are left out, as the database leaves them out.
 */
export function canonicalText(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'bigint') return `{"$long":"${value}"}`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value ?? null);
  if (Array.isArray(value)) return `[${value.map((item) => canonicalText(item ?? null)).join(',')}]`;
  if (value instanceof Date)
    return `{"$date":${JSON.stringify(Number.isNaN(value.getTime()) ? null : value.toISOString())}}`;
  if (isBson(value)) return `{"$${value._bsontype}":${JSON.stringify(value)}}`;
  const fields = value as Readonly<Record<string, unknown>>;
  let text = '';
  for (const key of Object.keys(fields).sort()) {
    const item = fields[key];
    if (item !== undefined) text += `${text === '' ? '' : ','}${JSON.stringify(key)}:${canonicalText(item)}`;
  }
  return `{${text}}`;
}

/** SHA-256 (32 bytes) over the canonical text of an audit record. */
export const auditHash = (record: object): Buffer => createHash('sha256').update(canonicalText(record)).digest();
