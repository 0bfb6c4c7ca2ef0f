import { describe, expect, it } from 'vitest';
import jsQR from 'jsqr';
import { render } from 'preact-render-to-string';
import { qrModules, QrCode } from './qr-code.js';

const read = jsQR as unknown as typeof jsQR.default;
const SCALE = 4;
const ADDRESS = 'https://referencia.salud.gob.hn/seguir?codigo=ABCDE23456';

/** Pixels of a matrix, as a camera would see it. */
function pixels(modules: readonly (readonly boolean[])[]): { data: Uint8ClampedArray; side: number } {
  const side = modules.length * SCALE;
  const data = new Uint8ClampedArray(side * side * 4).fill(255);
  for (let y = 0; y < side; y += 1)
    for (let x = 0; x < side; x += 1)
      if (modules[Math.floor(y / SCALE)]?.[Math.floor(x / SCALE)])
        data.fill(0, (y * side + x) * 4, (y * side + x) * 4 + 3);
  return { data, side };
}

/** Dark modules of the drawn path, strokes taken apart again. */
function drawn(html: string): boolean[][] {
  const side = Number(/viewBox="0 0 (\d+)/.exec(html)?.[1]);
  const rows = Array.from({ length: side }, () => Array.from({ length: side }, () => false));
  const path = /<path d="([^"]*)"/.exec(html)?.[1] ?? '';
  for (const [, x = '', y = '', width = ''] of path.matchAll(/M(\d+) (\d+)h(\d+)v1h-\d+z/g))
    for (let at = Number(x); at < Number(x) + Number(width); at += 1) rows[Number(y)]![at] = true;
  return rows;
}

describe('QrCode', () => {
  it('carries the address: a reader that is not ours reads it from what is drawn', () => {
    const html = render(<QrCode text={ADDRESS} label={{ es: 'Seguir', en: 'Follow' }} />);
    const { data, side } = pixels(drawn(html));
    expect(read(data, side, side)?.data).toBe(ADDRESS);
    expect(drawn(html)).toEqual(qrModules(ADDRESS));
  });

  it('is named for people who cannot see it, and needs no style of its own', () => {
    const html = render(<QrCode text={ADDRESS} label={{ es: 'Código para seguir', en: 'Follow' }} />);
    expect(html).toContain('role="img" aria-label="Código para seguir"');
    expect(html).not.toContain('style=');
  });
});
