import { describe, expect, it } from 'vitest';
import { UsageError } from './command.js';
import { reportLines, seedOptions } from './seed.js';

describe('seed', () => {
  it('reads its options', () => {
    expect(seedOptions([])).toEqual({ patients: 200, seed: '1', rich: false });
    expect(seedOptions(['--patients', '2000', '--seed', 'a', '--rich'])).toEqual({
      patients: 2000,
      seed: 'a',
      rich: true,
    });
    expect(seedOptions(['--reference-date', '2026-05-01T00:00:00Z'])).toMatchObject({
      referenceDate: '2026-05-01T00:00:00Z',
    });
  });

  it('refuses numbers, seeds and dates that are none', () => {
    for (const args of [
      ['--patients', 'many'],
      ['--patients=-1'],
      ['--patients', '1.5'],
      ['--seed', 'a b'],
      ['--reference-date', 'ayer'],
    ])
      expect(() => seedOptions(args)).toThrow(UsageError);
    expect(() => seedOptions(['--unknown'])).toThrow();
  });

  it('prints resources per second, and what it left out only when there is something', () => {
    const report = { patients: 10, resources: 140, present: 0, conflicts: 0, seconds: 2 };
    expect(reportLines(report)).toEqual([expect.stringContaining('70 recursos por segundo / 10 new patients')]);
    expect(reportLines({ ...report, present: 3, conflicts: 1 })).toHaveLength(3);
  });
});
