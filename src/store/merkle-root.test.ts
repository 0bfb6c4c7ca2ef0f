import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { merkleRoot } from './merkle-root.js';

const leaf = fc.uint8Array({ minLength: 0, maxLength: 40 });
const hex = (leaves: readonly Uint8Array[]): string => merkleRoot(leaves).toString('hex');

/** The definition of RFC 6962 2.1, word by word. */
function definition(leaves: readonly Uint8Array[]): Buffer {
  const hash = createHash('sha256');
  if (leaves.length === 0) return hash.digest();
  if (leaves.length === 1)
    return hash
      .update(Uint8Array.of(0))
      .update(leaves[0] as Uint8Array)
      .digest();
  let k = 1;
  while (k * 2 < leaves.length) k *= 2;
  return hash
    .update(Uint8Array.of(1))
    .update(definition(leaves.slice(0, k)))
    .update(definition(leaves.slice(k)))
    .digest();
}

describe('merkleRoot', () => {
  it('is the tree hash of RFC 6962', () => {
    fc.assert(
      fc.property(fc.array(leaf, { maxLength: 40 }), (leaves) => {
        expect(hex(leaves)).toBe(definition(leaves).toString('hex'));
      }),
    );
  });

  it('changes with any change, removal, addition or exchange of leaves', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(leaf, { minLength: 2, maxLength: 20, selector: String }),
        fc.nat(),
        leaf,
        (leaves, where, other) => {
          const i = where % leaves.length;
          const j = (i + 1) % leaves.length;
          const root = hex(leaves);
          expect(hex(leaves.filter((_, k) => k !== i))).not.toBe(root);
          expect(hex([...leaves, other])).not.toBe(root);
          expect(hex(leaves.map((l, k) => (k === i ? Uint8Array.of(...l, 1) : l)))).not.toBe(root);
          const swapped: Uint8Array[] = [...leaves];
          [swapped[i], swapped[j]] = [swapped[j] as Uint8Array, swapped[i] as Uint8Array];
          expect(hex(swapped)).not.toBe(root);
        },
      ),
    );
  });
});
