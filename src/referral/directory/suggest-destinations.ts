import type { Organization } from '@medplum/fhirtypes';
import { codeSystemUrl } from '../../config/canonical.js';
import type { Words } from '../../words.js';
import { CONSULT_FIRST, type FacilityType, FIRST_LEVEL, type Nearness, SUGGESTION_ORDER } from './routing-rules.js';

type Facility = Organization & { readonly id: string };

/** A facility with the network and region above it, as Organization ids. */
export interface Place {
  readonly facility: Facility;
  readonly network?: string;
  readonly region?: string;
}

/** A facility that could attend, and why it stands where it does. */
export interface Suggestion extends Place {
  /** From 1. */
  readonly rank: number;
  readonly why: Words;
  /** Who should be consulted before: said, never demanded. */
  readonly consult?: Words;
}

/** Type of a facility by the code system `facility-type`; undefined for networks, regions and what has none. */
export const facilityTypeOf = ({ type = [] }: Pick<Organization, 'type'>): FacilityType | undefined =>
  type.flatMap(({ coding = [] }) => coding).find(({ system }) => system === codeSystemUrl('facility-type'))?.code as
    FacilityType | undefined;

function nearnessOf(origin: Place, { network, region }: Place): Nearness {
  if (network !== undefined && network === origin.network) return 'network';
  return region !== undefined && region === origin.region ? 'region' : 'country';
}

/** The rule that asks for a consultation before a referral that can wait; undefined when none does. */
export const consultationBefore = (
  origin: Pick<Organization, 'type'>,
  destination: Pick<Organization, 'type'>,
  urgent: boolean,
): Words | undefined => {
  const [from, to] = [facilityTypeOf(origin), facilityTypeOf(destination)];
  if (urgent || from === undefined || to === undefined) return undefined;
  return CONSULT_FIRST.find((row) => row.from.includes(from) && row.to.includes(to));
};

/**
 * Destinations in the order of the network and the level (data: `routing-rules.ts`), each with the reason; among equals the
 * simpler type first, then by name. What no row names is not suggested (and can be chosen all the same).
 * @param candidates facilities that offer the specialty; the origin among them is left out
 */
export function suggestDestinations(
  origin: Place,
  candidates: readonly Place[],
  urgent: boolean,
): readonly Suggestion[] {
  const rows = SUGGESTION_ORDER.map((row) => ({
    ...row,
    types: urgent ? row.types.filter((type) => !FIRST_LEVEL.has(type)) : row.types,
  }));
  const placed = candidates
    .filter(({ facility }) => facility.id !== origin.facility.id)
    .flatMap((place) => {
      const type = facilityTypeOf(place.facility);
      const near = nearnessOf(origin, place);
      const at = rows.findIndex((row) => type !== undefined && row.near === near && row.types.includes(type));
      const row = rows[at];
      return row && type !== undefined ? [{ place, at, type: row.types.indexOf(type), why: row }] : [];
    })
    .sort(
      (a, b) =>
        a.at - b.at ||
        a.type - b.type ||
        (a.place.facility.name ?? '').localeCompare(b.place.facility.name ?? '', 'es') ||
        (a.place.facility.id < b.place.facility.id ? -1 : 1),
    );
  return placed.map(({ place, why: { es, en } }, index) => {
    const consult = consultationBefore(origin.facility, place.facility, urgent);
    return { ...place, rank: index + 1, why: { es, en }, ...(consult ? { consult } : {}) };
  });
}
