import { describe, expect, it } from 'vitest';
import { longSentences } from '../../../test/support/sentences.js';
import type { Words } from '../../words.js';
import { ACCESS, ACCESS_REASONS, ACCESS_THINGS } from './patient-access.js';
import { ACTIVATE } from './patient-activate.js';
import { FOLLOW } from './patient-follow.js';
import { ILLNESS_WORDS } from './patient-illness.js';
import { RECORD } from './patient-record.js';
import { VISIT, VISIT_REASONS } from './patient-visit.js';

const all: readonly (readonly [string, Words])[] = [
  ...Object.entries({ ...ACCESS, ...ACCESS_THINGS, ...ACCESS_REASONS }),
  ...Object.entries(ACTIVATE),
  ...Object.entries(FOLLOW),
  ...Object.entries(RECORD),
  ...Object.entries({ ...VISIT, ...VISIT_REASONS }),
  ...ILLNESS_WORDS,
];

describe('texts of the pages for patients', () => {
  it.each(all)('%s: sentences of 20 words at most, in both languages', (_name, { es, en }) => {
    expect([...longSentences(es), ...longSentences(en)]).toEqual([]);
    expect(es.match(/\{\w+\}/g)?.sort()).toEqual(en.match(/\{\w+\}/g)?.sort());
  });

  it('the illness words are in the order of the codes', () => {
    const codes = ILLNESS_WORDS.map(([from]) => from);
    expect(codes).toEqual([...codes].sort());
  });
});
