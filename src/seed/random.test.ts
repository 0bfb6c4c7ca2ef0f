import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { createRandom, hashNumber } from './random.js';

describe('createRandom', () => {
  it('gives the same sequence for the same seed and another for another seed', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (one, two) => {
        const draw = (seed: string): number[] => {
          const random = createRandom(seed);
          return Array.from({ length: 8 }, () => random.next());
        };
        expect(draw(one)).toEqual(draw(one));
        if (one !== two) expect(draw(one)).not.toEqual(draw(two));
      }),
    );
  });

  it('keeps whole numbers and picks within their bounds', () => {
    fc.assert(
      fc.property(fc.string(), fc.integer({ min: -1e6, max: 1e6 }), fc.nat(1e6), (seed, low, width) => {
        const random = createRandom(seed);
        const value = random.int(low, low + width);
        expect(Number.isInteger(value)).toBe(true);
        expect(value).toBeGreaterThanOrEqual(low);
        expect(value).toBeLessThanOrEqual(low + width);
      }),
    );
  });

  it('never picks an element of weight zero', () => {
    fc.assert(
      fc.property(fc.string(), fc.array(fc.nat(5), { minLength: 1 }), (seed, weights) => {
        fc.pre(weights.some((weight) => weight > 0));
        expect(createRandom(seed).weighted(weights, (weight) => weight)).toBeGreaterThan(0);
      }),
    );
  });

  it('is even enough: every tenth of the range gets 8 to 12 % of 10,000 draws', () => {
    const random = createRandom('even');
    const bins = new Array<number>(10).fill(0);
    for (let draw = 0; draw < 10_000; draw += 1) bins[random.int(0, 9)]! += 1;
    for (const bin of bins) expect(Math.abs(bin - 1000)).toBeLessThan(200);
  });

  it('centres normal values on the mean', () => {
    const random = createRandom('normal');
    const values = Array.from({ length: 5000 }, () => random.normal(120, 10));
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const deviation = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
    expect(Math.abs(mean - 120)).toBeLessThan(1);
    expect(Math.abs(deviation - 10)).toBeLessThan(1);
  });

  it('forks into sources that do not disturb each other', () => {
    const whole = createRandom('s');
    const before = whole.fork('labs').next();
    whole.next();
    expect(whole.fork('labs').next()).toBe(before);
    expect(whole.fork('visits').next()).not.toBe(before);
  });

  it('refuses to pick from nothing', () => {
    expect(() => createRandom('s').pick([])).toThrow(RangeError);
    expect(() => createRandom('s').weighted([0], (weight) => weight)).toThrow(RangeError);
  });
});

describe('hashNumber', () => {
  it('stays below its limit', () => {
    fc.assert(
      fc.property(fc.string(), fc.integer({ min: 1, max: 1e6 }), (text, limit) => hashNumber(text, limit) < limit),
    );
  });
});
