import type { Reference, Resource, Task } from '@medplum/fhirtypes';
import { extensionUrl } from '../config/canonical.js';
import { localTarget } from '../fhir/references.js';
import type { PatientRelation, Work } from '../store/envelope.js';
import { awaitsOrigin } from './emergency/after-the-fact.js';
import { watchOf } from './leg-clock.js';
import { noticeWork } from './notices/notice-work.js';
import { cameAlone, type Sides } from './parties.js';
import { specialtyOf } from './specialty-of.js';
import { isQueued, jumpsOf, placeOf } from './queue.js';
import { stateRow } from './states.js';
import { lastOutput } from './task-io.js';
import { objectsIn } from './untrusted.js';
import { isLeg, isNotice, isReferral, stateOf } from './vocabulary.js';
import { waitingUntil } from './waiting-target.js';

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

const dateOf = (text: string | undefined): Date | undefined => {
  const date = new Date(text ?? '');
  return Number.isNaN(date.getTime()) ? undefined : date;
};

const APPOINTMENT_START = extensionUrl('appointment-start');

/** The same leg with the start of the appointment in force: lists of a day go by it. */
export const withAppointmentStart = (task: Task, start: string | undefined): Task => {
  const kept = (task.extension ?? []).filter(({ url }) => url !== APPOINTMENT_START);
  const extension = [...kept, ...(start === undefined ? [] : [{ url: APPOINTMENT_START, valueDateTime: start }])];
  const { extension: _before, ...rest } = task;
  return extension.length > 0 ? { ...rest, extension } : rest;
};

const appointmentStart = ({ extension }: Task): string | undefined =>
  objectsIn(extension).find(({ url }) => url === APPOINTMENT_START)?.valueDateTime;

/**
 * Work scalars of a leg or an open notice: the facility that must act now (design.md 3a.4); undefined for everything else. A leg that has
 * ended, or that another one follows (it may still read "rejected"), is nobody's work any more.
 * @param appointment start of the appointment in force, for a leg that does not say it itself
 */
export function workOf(resource: Resource, appointment?: string): Work | undefined {
  if (!isLeg(resource)) return isNotice(resource) ? noticeWork(resource) : undefined;
  const state = stateOf(resource);
  const sides = sidesOf(resource);
  const { origin, destination } = sides;
  if (!state || (origin ?? destination) === undefined) return undefined;
  const { actsNext } = stateRow(state);
  const open = actsNext !== undefined && lastOutput(resource, 'redirected-to') === undefined;
  const owner = actsNext === 'origin' ? origin : destination;
  const end = resource.restriction?.period?.end;
  const specialty = specialtyOf(resource);
  const since = dateOf(resource.authoredOn);
  // What other systems bring may not say the start: the end is known, and mostly of the same day.
  const start = state === 'scheduled' ? dateOf(appointmentStart(resource) ?? appointment ?? end) : undefined;
  const until = open && isQueued(state) ? waitingUntil(resource) : undefined;
  const moved = open ? dateOf(jumpsOf(resource).at(-1)?.at) : undefined;
  return {
    ...(open && owner !== undefined ? { owner } : {}),
    // Who works on it does not follow it from afar as well.
    ...(open && origin !== undefined && !cameAlone(sides) ? { origin } : {}),
    ...(state === 'info-requested' && open && destination !== undefined ? { awaits: destination } : {}),
    state,
    ...(specialty === undefined ? {} : { specialty }),
    ...(end === undefined ? {} : { due: new Date(end) }),
    priority: resource.priority ?? 'routine',
    ...(open ? watchOf(resource) : {}),
    ...(since ? { since } : {}),
    ...(until ? { until } : {}),
    ...(start ? { start } : {}),
    place: isQueued(state) ? placeOf(resource) : '1',
    ...(moved ? { moved } : {}),
    ...(open && awaitsOrigin(resource) ? { incomplete: true } : {}),
  };
}

/** A referral that has ended stays "recent" for so long: questions about what was done still come (design.md 3.7). */
const RECENT_MS = 365 * 24 * 3_600_000;

/** Relation without end while the leg is open, until a year after its end else. */
function relationWith(facility: string, ended: boolean, changed: string | undefined): PatientRelation {
  const from = changed === undefined ? Number.NaN : Date.parse(changed);
  const end = ended && !Number.isNaN(from) ? { u: new Date(from + RECENT_MS) } : {};
  return { f: facility, k: 'referral', ...end };
}

/**
 * Relations that a referral gives to facilities: origin and destination of a leg, and the destination named
 * in a referral that is no longer a draft (LN23:2019 section 7: both take care of the same person).
 */
export function relationsOf(resource: Resource): readonly PatientRelation[] {
  const changed = resource.meta?.lastUpdated;
  if (isLeg(resource)) {
    const { origin, destination } = sidesOf(resource);
    const state = stateOf(resource);
    const ended = state !== undefined && stateRow(state).actsNext === undefined;
    return [...new Set([origin, destination])].flatMap((id) =>
      id === undefined ? [] : [relationWith(id, ended, changed)],
    );
  }
  if (isReferral(resource) && resource.status !== 'draft')
    return objectsIn(resource.performer).flatMap((performer) => {
      const id = idOf(performer, 'Organization');
      return id === undefined ? [] : [relationWith(id, resource.status !== 'active', changed)];
    });
  return [];
}
