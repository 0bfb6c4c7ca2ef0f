import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BACK_OFF, waitAfter } from './back-off.js';
import { httpOutcome } from './channels/http-outcome.js';

const NOW = new Date('2026-11-30T12:00:00Z');

describe('waitAfter', () => {
  it('doubles up to its most, less a drawn part', () => {
    const waits = Array.from({ length: BACK_OFF.tries }, (_, index) => waitAfter(BACK_OFF, index + 1, 0, () => 0));
    expect(waits.slice(0, 4)).toEqual([5_000, 10_000, 20_000, 40_000]);
    expect(Math.max(...waits)).toBe(BACK_OFF.mostMs);
    const day = waits.reduce((sum, wait) => sum + wait, 0) / 3_600_000;
    expect(day).toBeGreaterThan(18);
    expect(day).toBeLessThan(36);
  });

  it('stays within its bounds, and never under what the other side asked for', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 1_000 }),
        fc.integer({ min: 0, max: 10 ** 9 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (failures, afterMs, drawn) => {
          const wait = waitAfter(BACK_OFF, failures, afterMs, () => drawn);
          expect(wait).toBeGreaterThanOrEqual(Math.min(afterMs, 24 * 3_600_000));
          expect(wait).toBeGreaterThanOrEqual(BACK_OFF.firstMs * (1 - BACK_OFF.jitter));
          expect(wait).toBeLessThanOrEqual(Math.max(BACK_OFF.mostMs, 24 * 3_600_000));
        },
      ),
    );
  });
});

describe('httpOutcome', () => {
  it.each([
    [200, null, { state: 'sent' }],
    [204, null, { state: 'sent' }],
    [301, null, { state: 'dead', why: 'http-301' }],
    [400, null, { state: 'dead', why: 'http-400' }],
    [410, '5', { state: 'dead', why: 'http-410' }],
    [408, null, { state: 'retry', why: 'http-408' }],
    [429, '30', { state: 'retry', why: 'http-429', afterMs: 30_000 }],
    [503, 'Mon, 30 Nov 2026 12:01:00 GMT', { state: 'retry', why: 'http-503', afterMs: 60_000 }],
    [503, 'Mon, 30 Nov 2020 12:01:00 GMT', { state: 'retry', why: 'http-503', afterMs: 0 }],
    [500, 'soon', { state: 'retry', why: 'http-500' }],
  ] as const)('%s with Retry-After %s', (status, header, expected) => {
    expect(httpOutcome(status, header, NOW)).toEqual(expected);
  });
});
