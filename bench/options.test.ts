import { describe, expect, test } from 'vitest';
import { benchOptions, cacheFor } from './options.js';

describe('options of the bench', () => {
  test('sizes and users repeat; --patients is another word for --size', () => {
    const options = benchOptions(['search', '--size', '1000', '--patients', '10000', '--users', '4']);
    expect(options).toMatchObject({ suite: 'search', shape: 'seed', sizes: [1_000, 10_000], users: [4] });
    expect(benchOptions([])).toMatchObject({
      suite: 'core',
      sizes: [1_000],
      users: [8, 32],
      seconds: 15,
      warmUpSeconds: 60,
      scenarios: [],
    });
    expect(benchOptions(['core', '--scenario', 'read', '--scenario', 'create']).scenarios).toEqual(['read', 'create']);
  });

  test('the cache grows with the data unless it is given', () => {
    expect(cacheFor({}, 10_000)).toBe(2);
    expect(cacheFor({}, 100_000)).toBe(4);
    expect(cacheFor({ cacheGb: 1 }, 100_000)).toBe(1);
  });

  test.each([
    ['--size', '0'],
    ['--size', '1.5'],
    ['--seconds', 'many'],
    ['--seconds', ''],
    ['--shape', 'round'],
  ])('%s %s is refused', (option, value) => {
    expect(() => benchOptions([option, value])).toThrow(RangeError);
  });
});
