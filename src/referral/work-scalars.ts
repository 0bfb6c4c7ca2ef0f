import type { Reference, Resource, Task } from '@medplum/fhirtypes';
import { localTarget } from '../fhir/references.js';
import type { PatientRelation, Work } from '../store/envelope.js';
import type { Sides } from './parties.js';
import { stateRow } from './states.js';
import { objectsIn } from './untrusted.js';
import { isLeg, isReferral, stateOf } from './vocabulary.js';

const idOf = (reference: Reference | undefined, type: string): string | undefined => {
  const target = localTarget(reference?.reference ?? '');
  return target?.type === type ? target.id : undefined;
};

/**
 * The two facilities and the patient of a leg. `Task.requester` is the origin Organization and `Task.owner` the
 * destination Organization, so that both can be told from the Task alone; the person stands in Provenance
 * and in `ServiceRequest.requester`.
 */
export function sidesOf(task: Task): Sides {
  const origin = idOf(task.requester, 'Organization');
  const destination = idOf(task.owner, 'Organization');
  const patient = idOf(task.for, 'Patient');
  return { ...(origin && { origin }), ...(destination && { destination }), ...(patient && { patient }) };
}

/** Work scalars of a leg: the facility that must act now (design.md 3a.4); undefined for everything else. */
export function workOf(resource: Resource): Work | undefined {
  if (!isLeg(resource)) return undefined;
  const state = stateOf(resource);
  const { origin, destination } = sidesOf(resource);
  const owner = state && stateRow(state).actsNext === 'origin' ? origin : destination;
  if (!state || !owner) return undefined;
  const end = resource.restriction?.period?.end;
  return {
    owner,
    state,
    ...(end === undefined ? {} : { due: new Date(end) }),
    priority: resource.priority ?? 'routine',
  };
}

/**
 * Relations that a referral gives to facilities: origin and destination of a leg, and the destination named
 * in a referral that is no longer a draft (LN23:2019 section 7: both take care of the same person).
 */
export function relationsOf(resource: Resource): readonly PatientRelation[] {
  const relation = (f: string): PatientRelation => ({ f, k: 'referral' });
  if (isLeg(resource)) {
    const { origin, destination } = sidesOf(resource);
    return [...new Set([origin, destination])].flatMap((id) => (id === undefined ? [] : [relation(id)]));
  }
  if (isReferral(resource) && resource.status !== 'draft')
    return objectsIn(resource.performer).flatMap((performer) => {
      const id = idOf(performer, 'Organization');
      return id === undefined ? [] : [relation(id)];
    });
  return [];
}
