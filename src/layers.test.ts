import { describe, expect, it } from 'vitest';
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from './config/paths.js';

const fixture = join(packageRoot, 'test', 'fixtures', 'layers');

/** Runs a tool of node_modules in the fixture folder and returns what it reports as JSON. */
function report<T>(script: string, ...args: string[]): T {
  const { stdout, stderr } = spawnSync(process.execPath, [join(packageRoot, 'node_modules', script), ...args], {
    cwd: fixture,
    encoding: 'utf8',
  });
  if (!/^[[{]/.test(stdout)) throw new Error(stderr || stdout);
  return JSON.parse(stdout) as T;
}

describe('the layers (scripts/layers.mjs)', () => {
  it('name every folder of src, so that none is without rules', async () => {
    const { FOLDERS } = (await import('../scripts/layers.mjs' as string)) as { FOLDERS: string[] };
    const folders = readdirSync(join(packageRoot, 'src'), { withFileTypes: true }).filter((entry) =>
      entry.isDirectory(),
    );
    expect(folders.map(({ name }) => name).filter((name) => !FOLDERS.includes(name))).toEqual([]);
  });

  it('are proved by dependency-cruiser, cycles included', () => {
    const { summary } = report<{ summary: { violations: { from: string; rule: { name: string } }[] } }>(
      'dependency-cruiser/bin/dependency-cruise.mjs',
      '--config',
      join(packageRoot, '.dependency-cruiser.mjs'),
      '--output-type=json',
      'src',
    );
    const found = summary.violations.map(({ from, rule }) => `${from.replace('src/', '')} ${rule.name}`).sort();
    expect(found).toEqual([
      'access/imports-http-oddly.ts layer-access',
      'access/imports-http.ts layer-access',
      'access/imports-oidc-provider.ts package-oidc-provider',
      'fhir/imports-mongoose.ts package-mongoose',
      'fhir/imports-record.ts layer-fhir',
      'record/imports-express.ts package-express',
      'store/cycle-one.ts no-cycles',
    ]);
  });
});
