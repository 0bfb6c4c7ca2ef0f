import type { Organization, PractitionerRole, Reference } from '@medplum/fhirtypes';
import type { Role } from '../access/caller.js';
import type { Finding } from '../errors.js';
import type { FhirContext } from '../fhir/fhir-context.js';
import { localTarget } from '../fhir/references.js';
import type { Words } from '../words.js';
import { rolesOf } from './acting.js';
import { readLinked } from './task-io.js';

/** Facility, network, region; one more for a level that is added. */
const LEVELS = 4;

/** Organization ids of a facility and of what it is part of. */
async function facilityAndAbove(context: FhirContext, facility: string): Promise<readonly string[]> {
  const ids: string[] = [];
  for (let id: string | undefined = facility; id !== undefined && ids.length < LEVELS;) {
    ids.push(id);
    const found: Organization | undefined = (await readLinked<Organization>(context, `Organization/${id}`))?.resource;
    id = localTarget(found?.partOf?.reference ?? '')?.id;
  }
  return ids;
}

interface Wanted {
  readonly role: Role;
  /** Organization ids of the facilities; `above`: a network or region that one of them belongs to counts too. */
  readonly facilities: readonly (string | undefined)[];
  readonly above?: true;
  /** Who it must be, in words. */
  readonly words: Words;
  /** Path of the finding. */
  readonly expression: string;
}

/**
 * Checks a second person who is named for a move: a PractitionerRole that is active, of the facility, with the role.
 * @returns findings of 422; none when the person may approve
 */
export async function checkApprover(
  context: FhirContext,
  approver: Reference<PractitionerRole> | undefined,
  { role, facilities, above, words, expression }: Wanted,
): Promise<readonly Finding[]> {
  if (approver?.reference === undefined) return [];
  const found = (await readLinked<PractitionerRole>(context, approver.reference))?.resource;
  const known = facilities.flatMap((id) => (id === undefined ? [] : [id]));
  const places = above ? (await Promise.all(known.map((id) => facilityAndAbove(context, id)))).flat() : known;
  const place = localTarget(found?.organization?.reference ?? '')?.id;
  const fits =
    found?.resourceType === 'PractitionerRole' &&
    found.active !== false &&
    place !== undefined &&
    places.includes(place) &&
    rolesOf(found).includes(role);
  return fits ? [] : [{ code: 'rule-broken', params: { ...words }, expression }];
}
