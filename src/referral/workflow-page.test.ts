import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { packageRoot } from '../config/paths.js';
import { EDGES } from './edges.js';
import { referralOperations } from './operations.js';
import { workflowPage } from './workflow-page.js';

const page = workflowPage(new Set(referralOperations.map(({ name }) => name)));

describe('docs/reference/referral-workflow.md', () => {
  it('is what the tables say', () => {
    expect(readFileSync(join(packageRoot, 'docs/reference/referral-workflow.md'), 'utf8')).toBe(page);
  });

  it('tells what is built apart from what is not', () => {
    expect(page).toMatch(/\| 07 \| `in-triage` \| `\$accept` .* sí \/ yes \|/);
    expect(page).not.toContain('aún no');
    expect(workflowPage(new Set())).toMatch(/\| 22 \| `in-care` \| `\$interim` .* aún no \/ not yet \|/);
  });

  it('the README and the CHANGELOG count the transitions as the table does', () => {
    const read = (file: string): string => readFileSync(join(packageRoot, file), 'utf8');
    expect(read('README.md')).toContain(`cada transición de la tabla (${EDGES.length})`);
    expect(read('CHANGELOG.md')).toContain(`transitions (${EDGES.length})`);
  });
});
