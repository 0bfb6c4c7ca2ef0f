import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { instance } from '@viz-js/viz';
import { describe, expect, it } from 'vitest';
import { packageRoot } from '../config/paths.js';
import { EDGES } from './edges.js';
import { ALL_STATES, stateRow } from './states.js';
import { workflowDot } from './workflow-diagram.js';

const svg = readFileSync(join(packageRoot, 'docs/reference/referral-workflow.svg'), 'utf8');

describe('docs/reference/referral-workflow.svg', () => {
  it('is what the tables say', async () => {
    const viz = await instance();
    expect(svg).toBe(viz.renderString(workflowDot(), { format: 'svg' }));
  });

  it('names every state and every move', () => {
    const text = svg.replaceAll('&#45;', '-');
    for (const state of ALL_STATES) expect(text).toContain(stateRow(state).es);
    const moves = new Set(EDGES.filter(({ move }) => move !== 'create').map(({ move }) => move));
    for (const move of moves) expect(text).toContain(`$${move}`);
  });
});
