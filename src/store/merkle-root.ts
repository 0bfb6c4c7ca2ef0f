import { createHash } from 'node:crypto';

const sha256 = (...parts: readonly Uint8Array[]): Buffer => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
};

// A leaf can never pass for an inner node (RFC 6962, 2.1).
const LEAF = Uint8Array.of(0);
const NODE = Uint8Array.of(1);

/**
 * Merkle tree hash of leaves in their order as in RFC 6962 section 2.1 (32 bytes): the leaf count is split at the
 * largest power of two below it, which is the same as pairing level by level and carrying an odd last node up.
 * No leaves: the hash of nothing.
 */
export function merkleRoot(leaves: readonly Uint8Array[]): Buffer {
  if (leaves.length === 0) return sha256();
  let level = leaves.map((leaf) => sha256(LEAF, leaf));
  while (level.length > 1) {
    const above: Buffer[] = [];
    for (let i = 0; i < level.length; i += 2) {
      const left = level[i] as Buffer;
      const right = level[i + 1];
      above.push(right ? sha256(NODE, left, right) : left);
    }
    level = above;
  }
  return level[0] as Buffer;
}
