import { birthLikeness, nameLikeness } from './likeness.js';
import type { PersonTraits } from './person-traits.js';

interface MatchRule {
  /** Share of the score; all weights add up to 1. */
  readonly weight: number;
  /** Agreement of two persons, 0 to 1 and the same both ways; undefined when one of them does not say. */
  readonly likeness: (a: PersonTraits, b: PersonTraits) => number | undefined;
}

const same = (a: string | undefined, b: string | undefined): number | undefined =>
  a === undefined || b === undefined ? undefined : a === b ? 1 : 0;

/** What makes two registrations alike, and how much of it (ui-anchors section 1: name, birth, municipality). */
export const MATCH_RULES = {
  surnames: { weight: 0.3, likeness: (a, b) => nameLikeness(a.surnames, b.surnames) },
  given: { weight: 0.3, likeness: (a, b) => nameLikeness(a.given, b.given) },
  birth: {
    weight: 0.28,
    likeness: (a, b) => (a.birth === undefined || b.birth === undefined ? undefined : birthLikeness(a.birth, b.birth)),
  },
  sex: { weight: 0.07, likeness: (a, b) => same(a.sex, b.sex) },
  home: { weight: 0.05, likeness: (a, b) => same(a.home, b.home) },
} as const satisfies Record<string, MatchRule>;

/** What is not known speaks neither for nor against. */
const NOT_KNOWN = 0.5;

/** Facts by which two registrations cannot be one person, however alike. */
const CONTRADICTIONS: readonly ((a: PersonTraits, b: PersonTraits) => boolean)[] = [
  (a, b) => a.dni !== undefined && b.dni !== undefined && a.dni !== b.dni,
  // Twins.
  (a, b) => a.mother !== undefined && a.mother === b.mother && same(String(a.twin), String(b.twin)) === 0,
];

/**
 * How likely two registrations are one person, 0 to 1: a sum of weighted rules, the same in both directions. Nobody is
 * more like a person than the person itself; with all traits known that is 1.
 */
export function matchScore(a: PersonTraits, b: PersonTraits): number {
  if (CONTRADICTIONS.some((contradicts) => contradicts(a, b))) return 0;
  const score = Object.values(MATCH_RULES).reduce(
    (sum, { weight, likeness }) => sum + weight * (likeness(a, b) ?? NOT_KNOWN),
    0,
  );
  return Math.round(score * 1_000) / 1_000;
}

/** Grades of http://hl7.org/fhir/match-grade that are given; `certain` is said of a same identifier only. */
export type MatchGrade = 'certain' | 'probable' | 'possible' | 'certainly-not';

const PROBABLE_FROM = 0.9;
/** Above what a same name, sex and home with another birth date reach: names repeat by the thousand. */
const POSSIBLE_FROM = 0.75;

/** Grade of a score. */
export const matchGrade = (score: number): Exclude<MatchGrade, 'certain'> =>
  score >= PROBABLE_FROM ? 'probable' : score >= POSSIBLE_FROM ? 'possible' : 'certainly-not';
