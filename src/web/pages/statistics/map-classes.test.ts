import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import type { Figure } from './figures.js';
import { mapClasses, signOf } from './map-classes.js';

const figure: fc.Arbitrary<Figure> = fc.oneof(
  fc.constant(null),
  fc.constant(0),
  fc.integer({ min: 6, max: 5_000 }),
  fc.integer({ min: 6, max: 12 }),
);

describe('classes of the map', () => {
  it('are five of about equal size when there are many different figures', () => {
    const figures = Array.from({ length: 20 }, (_, index) => 10 * (index + 1));
    expect(mapClasses(figures)).toEqual([
      { sign: 'I', from: 10, to: 40 },
      { sign: 'II', from: 50, to: 80 },
      { sign: 'III', from: 90, to: 120 },
      { sign: 'IV', from: 130, to: 160 },
      { sign: 'V', from: 170, to: 200 },
    ]);
  });

  it('are none when nothing above zero is shown', () => {
    expect(mapClasses([null, 0, null])).toEqual([]);
    expect([signOf(null, []), signOf(0, [])]).toEqual(['c', '0']);
  });

  it('hold every figure once, grow, and have bounds that are published figures', () => {
    fc.assert(
      fc.property(fc.array(figure, { maxLength: 25 }), (figures) => {
        const classes = mapClasses(figures);
        const shown = new Set(figures.filter((one) => one !== null && one > 0));
        expect(classes.length).toBeLessThanOrEqual(5);
        for (const [index, { from, to }] of classes.entries()) {
          expect(shown).toContain(from);
          expect(shown).toContain(to);
          expect(from).toBeLessThanOrEqual(to);
          expect(from).toBeGreaterThan(classes[index - 1]?.to ?? 0);
        }
        const signs = new Set(classes.map(({ sign }) => sign));
        expect(signs.size).toBe(classes.length);
        for (const one of shown) expect(signs).toContain(signOf(one, classes));
      }),
    );
  });
});
