import type { VNode } from 'preact';
import { encode } from 'uqr';
import type { Words } from '../../words.js';
import { useSay } from '../language.js';

/** White modules around the code that readers need (ISO/IEC 18004: four). */
const QUIET = 4;

/** One path for all dark modules: a run of neighbours in a row is one stroke. */
function pathOf(rows: readonly (readonly boolean[])[]): string {
  return rows
    .flatMap((row, y) => {
      const runs: string[] = [];
      for (let x = 0; x < row.length; x += 1) {
        if (!row[x]) continue;
        const start = x;
        while (row[x + 1]) x += 1;
        runs.push(`M${start} ${y}h${x - start + 1}v1h-${x - start + 1}z`);
      }
      return runs;
    })
    .join('');
}

/** Dark modules of the code of a text, with its quiet zone. */
export const qrModules = (text: string): readonly (readonly boolean[])[] =>
  encode(text, { ecc: 'M', border: QUIET }).data;

/** A QR code drawn by the server: sharp in print, no script, no image. @param label what it leads to, for who cannot see it */
export function QrCode({ text, label }: { readonly text: string; readonly label: Words }): VNode {
  const say = useSay();
  const modules = qrModules(text);
  return (
    <svg
      class="rr-qr"
      viewBox={`0 0 ${modules.length} ${modules.length}`}
      role="img"
      aria-label={say(label)}
      shape-rendering="crispEdges"
    >
      <path fill="#fff" d={`M0 0h${modules.length}v${modules.length}H0z`} />
      <path d={pathOf(modules)} />
    </svg>
  );
}
