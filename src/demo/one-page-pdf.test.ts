import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { onePagePdf } from './one-page-pdf.js';

const DOCUMENT = /^%PDF-1\.4\n[\s\S]*startxref\n(\d+)\n%%EOF\n$/;

describe('onePagePdf', () => {
  it('writes each line as an escaped string', () => {
    const text = onePagePdf(['Niño (2 años)', 'a\\b']).toString('latin1');
    expect(text).toContain('(Ni\\361o \\(2 a\\361os\\)) Tj');
    expect(text).toContain('(a\\\\b) Tj');
  });

  it('points to the cross-reference table and from it to every object, whatever the text', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary' }), { minLength: 1, maxLength: 5 }), (lines) => {
        const text = onePagePdf(lines).toString('latin1');
        const start = Number(DOCUMENT.exec(text)?.[1]);
        expect(text.slice(start, start + 5)).toBe('xref\n');
        const offsets = [...text.slice(start).matchAll(/^(\d{10}) 00000 n $/gm)].map(([, offset]) => Number(offset));
        expect(offsets).toHaveLength(5);
        offsets.forEach((offset, index) => expect(text.slice(offset)).toMatch(new RegExp(`^${index + 1} 0 obj\n`)));
      }),
      { numRuns: 50 },
    );
  });
});
