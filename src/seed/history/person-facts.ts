import { catalogue } from '../catalogue.js';
import type { Facility, Municipality } from '../catalogue-schema.js';
import type { Random } from '../random.js';
import { DAY, YEAR } from './calendar.js';

export type Sex = 'male' | 'female';

/** How a person is identified (code system `identity-kind`, domain norm: SESAL's five kinds and undocumented adults). */
export type IdentityKind = 'dni' | 'pasaporte' | 'rn' | 'hijo-de' | 'desconocido' | 'sin-documento';

/** What is decided about a person before anything is written. */
export interface PersonFacts {
  readonly sex: Sex;
  /** Moment of birth, ms since 1970. */
  readonly birth: number;
  readonly identity: IdentityKind;
  /** First-level facility where the person is registered. */
  readonly facility: Facility;
  readonly home: Municipality;
  readonly people: string;
  readonly rural: boolean;
  /** Moment of death, for the few who died before the reference moment. */
  readonly died?: number;
}

const FIRST_LEVEL = catalogue.facilities.filter(({ level }) => level === 1);
const CITIES: ReadonlySet<string> = new Set(['0801', '0501', '0101', '0502']);

/** Share of people registered at a facility: by type, more in the big cities, more at the demonstration facilities. */
const REGISTERED: Partial<Record<Facility['type'], number>> = { uaps: 2, cis: 4, policlinico: 6 };
const registeredShare = (facility: Facility): number =>
  (REGISTERED[facility.type] ?? 0) * (CITIES.has(facility.municipality) ? 4 : 1) * (facility.alias ? 3 : 1);

const NEWBORN_DAYS = 28;

function birthOf(random: Random, reference: number): number {
  const { agePyramid, newbornShare } = catalogue.population;
  if (random.chance(newbornShare)) return reference - random.next() * NEWBORN_DAYS * DAY;
  const [first, last] = random.weighted(agePyramid, ([, , weight]) => weight);
  return reference - (first + random.next() * (last - first + 1)) * YEAR;
}

/** Kind of identification by age: newborns and part of the children have no number yet (domain norm, SESAL kinds 1 to 5). */
function identityOf(random: Random, age: number): IdentityKind {
  const draw = random.next();
  if (age <= NEWBORN_DAYS * DAY) return draw < 0.85 ? 'rn' : 'dni';
  if (draw < 0.006) return 'desconocido';
  if (draw < 0.02) return 'pasaporte';
  if (age < 18 * YEAR) return draw < 0.1 ? 'hijo-de' : 'dni';
  return draw < 0.045 ? 'sin-documento' : 'dni';
}

function peopleOf(random: Random, department: string): string {
  let left = random.next();
  for (const [people, share] of Object.entries(catalogue.population.peoples[department] ?? {})) {
    left -= share;
    if (left < 0) return people;
  }
  return random.chance(0.9) ? 'none' : 'unknown';
}

/** First-level facilities of some departments, of all when none are named. */
const facilitiesIn = (departments: readonly string[] | undefined): readonly Facility[] =>
  departments ? FIRST_LEVEL.filter(({ municipality }) => departments.includes(municipality.slice(0, 2))) : FIRST_LEVEL;

/**
 * Draws who a person is.
 * @param reference moment at which the population is looked at, ms since 1970
 * @param departments codes of the departments (first two digits of a municipality) where people are registered
 */
export function drawPerson(random: Random, reference: number, departments?: readonly string[]): PersonFacts {
  const facility = random.weighted(facilitiesIn(departments), registeredShare);
  const department = facility.municipality.slice(0, 2);
  const near = catalogue.municipalities.filter((municipality) => municipality.department === department);
  const own = near.filter(({ code }) => code === facility.municipality);
  const home = random.pick(random.chance(0.85) ? own : near);
  const birth = birthOf(random, reference);
  const died = reference - birth > 55 * YEAR && random.chance(0.02) ? reference - random.next() * 60 * DAY : undefined;
  return {
    // Health centres see more women than men.
    sex: random.chance(0.56) ? 'female' : 'male',
    birth,
    identity: identityOf(random, reference - birth),
    facility,
    home,
    people: peopleOf(random, department),
    rural: CITIES.has(home.code) ? random.chance(0.08) : random.chance(0.62),
    ...(died === undefined ? {} : { died }),
  };
}
