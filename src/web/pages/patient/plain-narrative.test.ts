import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { narrativeLines } from './plain-narrative.js';

describe('narrativeLines', () => {
  it('gives a line for each paragraph, without marks', () => {
    const div =
      '<div xmlns="http://www.w3.org/1999/xhtml"><p>Tome su <b>medicina</b> &amp; agua.</p><ul><li>Uno</li><li>Dos&#33;</li></ul></div>';
    expect(narrativeLines(div)).toEqual(['Tome su medicina & agua.', 'Uno', 'Dos!']);
    expect(narrativeLines(undefined)).toEqual([]);
  });

  it('never fails and leaves no element behind', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        for (const line of narrativeLines(`<div>${text}</div>`)) expect(line).not.toMatch(/<\/?div>/);
      }),
    );
  });
});
