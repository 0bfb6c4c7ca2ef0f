import { describe, expect, test } from 'vitest';
import { ratioOf, summarise, unsupported } from './measurement.js';

describe('figures of a cell', () => {
  test('percentiles are of successes, by nearest rank, over all stretches together', () => {
    const durations = Array.from({ length: 100 }, (_, index) => index + 1);
    const cell = summarise([
      { durations: durations.slice(50), errors: 1, seconds: 2 },
      { durations: durations.slice(0, 50), errors: 2, seconds: 3 },
    ]);
    expect(cell).toEqual({ rps: 20, p50: 50, p95: 95, p99: 99, errors: 3 });
  });

  test('no success gives zeros and no ratio', () => {
    const none = summarise([{ durations: [], errors: 4, seconds: 1 }]);
    expect(none).toEqual({ rps: 0, p50: 0, p95: 0, p99: 0, errors: 4 });
    const some = summarise([{ durations: [1, 2], errors: 0, seconds: 1 }]);
    expect(ratioOf(none, some)).toBeNull();
    expect(ratioOf(some, unsupported('HTTP 400'))).toBeNull();
    expect(ratioOf(some, { ...some, rps: 4 })).toBe(0.5);
  });
});
