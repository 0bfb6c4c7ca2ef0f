import type { Address, ContactPoint } from '@medplum/fhirtypes';
import { catalogue } from '../catalogue.js';
import { placeNames } from '../organization-resources.js';
import { hashNumber, type Random } from '../random.js';
import type { PersonFacts } from './person-facts.js';

const { places } = catalogue;

/** A number that nobody has: Honduran numbers begin with 2, 3, 7, 8 or 9. */
const phoneNumber = (digits: number): string =>
  `+504 00${String(digits)
    .padStart(6, '0')
    .replace(/(..)(.{4})/, '$1-$2')}`;

/**
 * Phones of a person: most have one, often that of the household or of a neighbour (rank 2, use `temp`).
 * @param household the same for people who share a phone
 */
export function drawPhones(random: Random, household: string): ContactPoint[] {
  if (random.chance(0.18)) return [];
  const shared = random.chance(0.35);
  const value = phoneNumber(shared ? hashNumber(household, 1_000_000) : random.int(0, 999_999));
  return [{ system: 'phone', value, use: shared ? 'home' : 'mobile', rank: 1 }];
}

/** Where a person lives: colonia or aldea with a landmark, municipality, department. */
export function drawAddress(random: Random, { home, rural }: PersonFacts): Address {
  const { department, municipality } = placeNames(home.code);
  const known = places.byMunicipality[home.code];
  const place = random.pick(known && random.chance(0.75) ? known : rural ? places.rural : places.urban);
  return {
    use: 'home',
    type: 'physical',
    line: [place, ...(random.chance(0.5) ? [random.pick(places.landmarks)] : [])],
    city: rural ? place.replace(/^(Aldea|Caserío) /, '') : municipality,
    district: municipality,
    state: department,
    country: 'HN',
  };
}
