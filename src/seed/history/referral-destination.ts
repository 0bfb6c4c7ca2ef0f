import { catalogue } from '../catalogue.js';
import type { Facility } from '../catalogue-schema.js';
import type { Random } from '../random.js';

/** Regions whose patients go to the hospitals of San Pedro Sula when their own cannot help; the others go to the capital. */
const NORTH: ReadonlySet<string> = new Set(['1', '2', '4', '5', '11', '14', '16', '18', '20']);
const CAPITAL = '19';
const SAN_PEDRO_SULA = '20';

const HOSPITALS = catalogue.facilities.filter(({ level, institution }) => level === 2 && institution === 'sesal');

const distance = (from: Facility, to: Facility): number => {
  if (from.network === to.network) return 0;
  if (from.region === to.region) return 1;
  return to.region === (NORTH.has(from.region) ? SAN_PEDRO_SULA : CAPITAL) ? 2 : 3;
};

/**
 * Hospital of the ministry that offers a specialty, the nearest by network, region and part of the country.
 * @param except a facility that did not take the referral
 */
export function destinationFor(
  random: Random,
  from: Facility,
  specialty: string,
  except?: Facility,
): Facility | undefined {
  const offering = HOSPITALS.filter((hospital) => specialty in hospital.services && hospital.rups !== except?.rups);
  const nearest = Math.min(...offering.map((hospital) => distance(from, hospital)));
  const near = offering.filter((hospital) => distance(from, hospital) === nearest);
  return near.length === 0 ? undefined : random.pick(near);
}
