import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { packageRoot } from '../../config/paths.js';
import { ALL_CLOCKS } from '../clocks.js';
import { deadlinesPage } from './deadlines-page.js';

describe('docs/reference/deadlines.md', () => {
  it('is what the tables say', () => {
    expect(readFileSync(join(packageRoot, 'docs/reference/deadlines.md'), 'utf8')).toBe(deadlinesPage());
  });

  it('has every clock', () => {
    for (const clock of ALL_CLOCKS) expect(deadlinesPage()).toContain(`| \`${clock}\` |`);
  });
});
