import { catalogue } from './catalogue.js';
import { facilityId, networkId, regionId } from './catalogue-ids.js';
import type { Facility } from './catalogue-schema.js';

const byAlias = new Map<string | undefined, Facility>(
  catalogue.facilities.filter(({ alias }) => alias !== undefined).map((facility) => [facility.alias, facility]),
);

/** Facility behind a demonstration alias such as `uaps1` or `hosp2`; undefined when there is none. */
export const facilityByAlias = (alias: string): Facility | undefined => byAlias.get(alias);

/** Organization behind an alias, and the Organizations seen from it. */
export interface AliasTarget {
  readonly id: string;
  /** The facility itself, or all facilities of a network or region; Organization ids. */
  readonly members: readonly string[];
}

/**
 * Organization behind an alias of a facility (`hosp1`), a network (`red1`) or a region (`region10`);
 * undefined when there is none.
 */
export function organizationByAlias(alias: string): AliasTarget | undefined {
  const facility = facilityByAlias(alias);
  if (facility) return { id: facilityId(facility.rups), members: [facilityId(facility.rups)] };
  const members = (belongs: (candidate: Facility) => boolean): string[] =>
    catalogue.facilities.filter(belongs).map(({ rups }) => facilityId(rups));
  if (catalogue.networks.some((network) => network.alias === alias)) {
    return { id: networkId(alias), members: members(({ network }) => network === alias) };
  }
  const region = catalogue.regions.find(({ code }) => alias === `region${code}`);
  return region && { id: regionId(region.code), members: members((candidate) => candidate.region === region.code) };
}
