import fc from 'fast-check';
import { type PublishedRelease, rowKey } from '../../src/statistics/audit/published-table.js';
import type { ReferralFact } from '../../src/statistics/count-cube.js';
import { ALL_MEASURES, measureRow } from '../../src/statistics/measures.js';
import { codesOf, releaseRows } from '../../src/statistics/release/rows.js';
import {
  cellKey,
  type Category,
  placesOf,
  type PublishedCounts,
  type RawCounts,
  type TablePlan,
} from '../../src/statistics/table-types.js';

const categories = (prefix: string, count: number): Category[] =>
  Array.from({ length: count }, (_, index) => ({
    code: `${prefix}${index}`,
    es: `${prefix}${index}`,
    en: `${prefix}${index}`,
  }));

/** A small plan with the shape of the real one. */
export const smallPlan = (regions = 4, specialties = 4): TablePlan => ({
  regions: categories('R', regions),
  breakdowns: { sex: categories('s', 2), age: categories('a', 3), specialty: categories('e', specialties) },
  measures: ALL_MEASURES,
});

const pick = ({ code }: Category): string => code;

/** Referrals that fall into a plan: many in some cells, few in others, none in most. */
export const factsFor = (plan: TablePlan, maxLength = 120, minLength = 0): fc.Arbitrary<ReferralFact[]> => {
  const oneOf = (list: readonly Category[]): fc.Arbitrary<string> =>
    // The square prefers the first codes, as real tables do.
    fc.double({ min: 0, max: 0.999, noNaN: true }).map((x) => pick(list[Math.floor(x * x * list.length)] ?? list[0]!));
  const yes = fc.integer({ min: 0, max: 9 }).map((x) => x < 7);
  const fact = fc
    .record({
      region: oneOf(plan.regions),
      sex: oneOf(plan.breakdowns.sex),
      age: oneOf(plan.breakdowns.age),
      specialty: oneOf(plan.breakdowns.specialty),
      answers: fc.tuple(yes, yes, yes, yes),
    })
    .map(({ answers: [answered, onTime, oportuna, justificada], ...place }) => ({
      ...place,
      fulfils: {
        answered,
        'answered-on-time': answered && onTime,
        oportuna: answered && oportuna,
        justificada: answered && justificada,
      },
    }));
  return fc.array(fact, { minLength, maxLength, size: 'max' });
};

const partOf = Object.fromEntries(
  ALL_MEASURES.flatMap((measure) => {
    const whole = measureRow(measure).partOf;
    return whole === undefined ? [] : [[measure, whole]];
  }),
);

/** What the files of a version say. */
export const releaseOf = (
  plan: TablePlan,
  figures: PublishedCounts,
  { version = 1, threshold = 5 } = {},
): PublishedRelease => ({ month: '2026-03', version, threshold, partOf, rows: releaseRows(plan, figures) });

/** True counts under the names that the audit uses. */
export const truthOf = (plan: TablePlan, raw: RawCounts): Map<string, number> =>
  new Map(placesOf(plan).map((place) => [rowKey({ ...codesOf(place), value: null }), raw.at(cellKey(place))]));

/** Figures with one change, made by hand: what a faulty program would publish. */
export const withFigure = (figures: PublishedCounts, key: string, value: number | null): PublishedCounts =>
  new Map([...figures, [key, value]]) as ReadonlyMap<string, number | null> as PublishedCounts;
