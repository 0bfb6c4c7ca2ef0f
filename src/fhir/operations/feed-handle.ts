import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { positionFault } from '../../store/feed-position.js';

const ALGORITHM = 'aes-256-gcm';
const NONCE = 12;
const TAG = 16;

const keyOf = (secret: string): Buffer => Buffer.from(hkdfSync('sha256', secret, '', 'feed position', 32));

/**
 * Handle of a position in the feed, for the caller to keep. The position names the last change looked at, which may be of
 * a resource the caller may not see: it is encrypted, and authenticated together with the account it was given to
 * (AES-256-GCM, NIST SP 800-38D).
 * @returns text of the base64url alphabet
 */
export function sealPosition(secret: string, caller: string, position: string): string {
  const nonce = randomBytes(NONCE);
  const cipher = createCipheriv(ALGORITHM, keyOf(secret), nonce, { authTagLength: TAG }).setAAD(Buffer.from(caller));
  const sealed = Buffer.concat([cipher.update(position, 'utf8'), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString('base64url');
}

/**
 * Position of a handle. Throws 400 `parameter-value` for one that was altered, made with another secret, or given to
 * another account.
 */
export function openPosition(secret: string, caller: string, handle: string): string {
  const bytes = Buffer.from(handle, 'base64url');
  // The decoder passes over foreign characters: only the very text we gave counts.
  if (bytes.length <= NONCE + TAG || bytes.toString('base64url') !== handle) throw positionFault(handle);
  const decipher = createDecipheriv(ALGORITHM, keyOf(secret), bytes.subarray(0, NONCE), { authTagLength: TAG })
    .setAAD(Buffer.from(caller))
    .setAuthTag(bytes.subarray(NONCE, NONCE + TAG));
  try {
    return Buffer.concat([decipher.update(bytes.subarray(NONCE + TAG)), decipher.final()]).toString('utf8');
  } catch {
    throw positionFault(handle);
  }
}
