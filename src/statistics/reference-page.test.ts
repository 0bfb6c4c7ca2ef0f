import { describe, expect, it } from 'vitest';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../config/paths.js';
import { statisticsPage } from './reference-page.js';

describe('docs/reference/statistics.md', () => {
  it('is what the tables say (npm run docs)', () => {
    expect(readFileSync(join(packageRoot, 'docs', 'reference', 'statistics.md'), 'utf8')).toBe(statisticsPage());
  });
});
