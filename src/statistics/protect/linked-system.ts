import { measureRow } from '../measures.js';
import {
  BREAKDOWNS,
  type Breakdown,
  cellKey,
  type CellPlace,
  placesOf,
  type RawCounts,
  type TablePlan,
  TOTAL,
} from '../table-types.js';

/** Tables that hang together, as the protection sees them: numbered cells and what ties them. */
export interface LinkedSystem {
  /** True counts; a relation names cells by their position here. */
  readonly values: readonly number[];
  /** How dear it is to lose a cell, relative to an inner cell of the same size. */
  readonly weights: readonly number[];
  /** The total is the sum of the parts. */
  readonly sums: readonly { readonly total: number; readonly parts: readonly number[] }[];
  /** The part is contained in the whole: their difference is a count too. */
  readonly contained: readonly { readonly whole: number; readonly part: number }[];
  /** For each cell the positions in `contained` that name it. */
  readonly pairsOf: readonly (readonly number[])[];
  /** Zeros that say something about everybody in a group and must be hidden like small counts. */
  readonly disclosiveZeros: readonly number[];
}

/** A region's margin serves three tables, a national figure is what most people look for. */
const REGION_MARGIN_WEIGHT = 3;
const NATIONAL_WEIGHT = 6;

/** The breakdown in which a lone category says something about health. */
const SENSITIVE: Breakdown = 'specialty';

function weightOf({ region, category }: CellPlace): number {
  return (region === TOTAL ? NATIONAL_WEIGHT : 1) * (category === TOTAL ? REGION_MARGIN_WEIGHT : 1);
}

/**
 * Zeros that disclose: when all referrals of a region went to one specialty, the zeros beside it tell the specialty of
 * everybody known to have been referred. One zero of the row is hidden: of the specialty that is largest nationally.
 * Where the whole country has one specialty, the national row is such a row too.
 */
function disclosiveZeros(plan: TablePlan, at: (place: CellPlace) => number): CellPlace[] {
  return [TOTAL, ...plan.regions.map(({ code }) => code)].flatMap((region) => {
    const row = plan.breakdowns[SENSITIVE].map(({ code }) => {
      const place = { measure: 'sent', region, breakdown: SENSITIVE, category: code };
      return { place, value: at(place), national: at({ ...place, region: TOTAL }) };
    });
    const filled = row.filter(({ value }) => value > 0);
    if (filled.length !== 1) return [];
    const zeros = row.filter(({ value }) => value === 0);
    const best = zeros.reduce<(typeof row)[number] | undefined>(
      (chosen, each) => (chosen === undefined || each.national > chosen.national ? each : chosen),
      undefined,
    );
    return best ? [best.place] : [];
  });
}

/** For each of `count` cells the containments that name it. */
export function pairsByCell(count: number, contained: LinkedSystem['contained']): number[][] {
  const pairs: number[][] = Array.from({ length: count }, () => []);
  contained.forEach(({ whole, part }, pair) => {
    pairs[whole]?.push(pair);
    pairs[part]?.push(pair);
  });
  return pairs;
}

/** The tables of one release as a linked system; `keys` names its cells. */
export function linkedSystem(plan: TablePlan, raw: RawCounts): { keys: readonly string[]; system: LinkedSystem } {
  const places = placesOf(plan);
  const keys = places.map(cellKey);
  const position = new Map(keys.map((key, index) => [key, index]));
  const at = (place: CellPlace): number => {
    const index = position.get(cellKey(place));
    if (index === undefined) throw new RangeError(`no cell ${cellKey(place)}`);
    return index;
  };
  const regions = plan.regions.map(({ code }) => code);
  const byRegion = places
    .filter(({ region }) => region === TOTAL)
    .map((place) => ({ total: at(place), parts: regions.map((region) => at({ ...place, region })) }));
  const byCategory = places
    .filter(({ category }) => category === TOTAL)
    .flatMap((place) =>
      BREAKDOWNS.map((breakdown) => ({
        total: at(place),
        parts: plan.breakdowns[breakdown].map(({ code }) => at({ ...place, breakdown, category: code })),
      })),
    );
  const contained = plan.measures.flatMap((measure) => {
    const { partOf } = measureRow(measure);
    if (partOf === undefined) return [];
    return places
      .filter((place) => place.measure === measure)
      .map((place) => ({ whole: at({ ...place, measure: partOf }), part: at(place) }));
  });
  return {
    keys,
    system: {
      values: keys.map((key) => raw.at(key)),
      weights: places.map(weightOf),
      sums: [...byRegion, ...byCategory],
      contained,
      pairsOf: pairsByCell(keys.length, contained),
      disclosiveZeros: disclosiveZeros(plan, (place) => raw.at(cellKey(place))).map(at),
    },
  };
}
