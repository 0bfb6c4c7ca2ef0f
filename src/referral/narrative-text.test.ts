import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { narrativeDiv, narrativeLines } from './narrative-text.js';

describe('narrative text', () => {
  it('writes one paragraph a line and escapes markup', () => {
    expect(narrativeDiv('TA < 130 & control\r\n\r\n "1 mes" ')).toBe(
      '<div xmlns="http://www.w3.org/1999/xhtml"><p>TA &lt; 130 &amp; control</p><p>&quot;1 mes&quot;</p></div>',
    );
  });

  it('reads lists, breaks, entities and text without paragraphs', () => {
    expect(narrativeLines('<div><ul><li>uno</li><li><b>dos</b> &amp; tres</li></ul>cuatro<br/>cinco</div>')).toEqual([
      'uno',
      'dos & tres',
      'cuatro',
      'cinco',
    ]);
    expect(narrativeLines(undefined)).toEqual([]);
    expect(narrativeLines('<div>&#225;&#x1F600;&unknown;&#9999999;</div>')).toEqual(['á😀&unknown;&#9999999;']);
  });

  it('gives back what was written, spaces joined', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ minLength: 1 })), (lines) => {
        const clean = lines.map((line) => line.replace(/\s+/g, ' ').trim()).filter((line) => line !== '');
        expect(narrativeLines(narrativeDiv(lines.map((line) => line.replace(/\s+/g, ' ')).join('\n')))).toEqual(clean);
      }),
    );
  });
});
