import { expect, test } from 'vitest';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeNdjson } from './write-ndjson.js';

test('one file for each type, one resource a line', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'rr-ndjson-'));
  try {
    const { paths, resources } = await writeNdjson(folder, 3);
    expect(resources).toBe(36);
    const files = await Promise.all(paths.map((path) => readFile(path, 'utf8')));
    const types = files.map((text) =>
      text
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line).resourceType),
    );
    expect(types.map((all) => [all[0], all.length]).sort()).toEqual([
      ['Condition', 9],
      ['Encounter', 3],
      ['Observation', 15],
      ['Patient', 3],
      ['ServiceRequest', 3],
      ['Task', 3],
    ]);
    expect(types.every((all) => new Set(all).size === 1)).toBe(true);
  } finally {
    await rm(folder, { recursive: true });
  }
});
