import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { packageRoot } from '../../config/paths.js';
import { ALL_HC10_FIELDS, hc10Row } from './hc10-fields.js';
import { hc10Page, hc10Path } from './hc10-page.js';

describe('hc10Page', () => {
  it('is the page in docs/reference (npm run docs)', () => {
    expect(readFileSync(join(packageRoot, 'docs/reference/hc10-mapping.md'), 'utf8')).toBe(hc10Page());
  });

  it('gives every field a place of its own', () => {
    const paths = ALL_HC10_FIELDS.map((field) => hc10Path(hc10Row(field).at));
    expect(paths.filter((path, index) => paths.indexOf(path) !== index)).toEqual([]);
  });
});
