import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { fault } from '../../errors.js';

/** Value of a sort field; null when a resource has none. */
export type SortValue = string | Date | null;

/** Where a page ended: the values of all sort fields of its last row, `_id` included. */
export type Position = readonly SortValue[];

/** What a cursor belongs to: it opens for the same caller and the same query only. */
export interface CursorBinding {
  readonly type: string;
  readonly caller: string;
  readonly parameters: readonly (readonly [string, string])[];
}

const ALGORITHM = 'aes-256-gcm';
const NONCE = 12;
const TAG = 16;

const keyOf = (secret: string): Buffer => Buffer.from(hkdfSync('sha256', secret, '', 'fhir search cursor', 32));

// Some clients take a link apart and ask again with the parameters in an order of their own.
const bindingBytes = ({ type, caller, parameters }: CursorBinding): Buffer =>
  Buffer.from(JSON.stringify([type, caller, parameters.map((pair) => JSON.stringify(pair)).sort()]));

const encode = (value: SortValue): string | number | null => (value instanceof Date ? value.getTime() : value);
const decode = (value: unknown): SortValue => {
  if (typeof value === 'number') return new Date(value);
  return typeof value === 'string' ? value : null;
};

/**
 * Cursor of a page link: the position, authenticated together with its binding and encrypted, because a position can
 * hold a name and links end up in logs (AES-256-GCM, NIST SP 800-38D).
 * @returns text of the base64url alphabet
 */
export function sealCursor(secret: string, binding: CursorBinding, position: Position): string {
  const nonce = randomBytes(NONCE);
  const cipher = createCipheriv(ALGORITHM, keyOf(secret), nonce).setAAD(bindingBytes(binding));
  const sealed = Buffer.concat([cipher.update(JSON.stringify(position.map(encode)), 'utf8'), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString('base64url');
}

/**
 * Position of a cursor. Throws 400 `cursor-invalid` for one that was altered, made with another secret, or belongs to
 * another caller or query.
 */
export function openCursor(secret: string, binding: CursorBinding, cursor: string, length: number): Position {
  const bytes = Buffer.from(cursor, 'base64url');
  // The decoder passes over foreign characters: only the very text we gave counts.
  if (bytes.length <= NONCE + TAG || bytes.toString('base64url') !== cursor) throw fault('cursor-invalid');
  const decipher = createDecipheriv(ALGORITHM, keyOf(secret), bytes.subarray(0, NONCE), { authTagLength: TAG })
    .setAAD(bindingBytes(binding))
    .setAuthTag(bytes.subarray(NONCE, NONCE + TAG));
  let values: unknown;
  try {
    const text = Buffer.concat([decipher.update(bytes.subarray(NONCE + TAG)), decipher.final()]).toString('utf8');
    values = JSON.parse(text);
  } catch {
    throw fault('cursor-invalid');
  }
  if (!Array.isArray(values) || values.length !== length) throw fault('cursor-invalid');
  return values.map(decode);
}
