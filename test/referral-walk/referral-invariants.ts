import type { Appointment, Provenance, ServiceRequest, Task } from '@medplum/fhirtypes';
import type { mongo } from 'mongoose';
import { SID } from '../../src/config/canonical.js';
import { previousLegs } from '../../src/referral/legs.js';
import { stateRow } from '../../src/referral/states.js';
import { lastOutput } from '../../src/referral/task-io.js';
import { isLeg, stateOf } from '../../src/referral/vocabulary.js';
import { sidesOf } from '../../src/referral/work-scalars.js';
import type { StoredResource } from '../../src/store/envelope.js';

const EXPLAINED: ReadonlySet<string> = new Set(['rejected', 'cancelled', 'on-hold', 'failed']);
const OPEN: ReadonlySet<string> = new Set(['requested', 'received', 'accepted', 'in-progress', 'on-hold']);

interface Stored<T> {
  readonly row: StoredResource;
  readonly resource: T & { id: string };
}

/** What the database holds of one referral. */
export interface StoredReferral {
  readonly order: Stored<ServiceRequest>;
  readonly legs: readonly Stored<Task>[];
  readonly appointments: readonly Stored<Appointment>[];
  readonly trail: readonly Stored<Provenance>[];
}

const parsed = <T>(rows: StoredResource[]): Stored<T>[] =>
  rows.map((row) => ({ row, resource: JSON.parse(row.json) as T & { id: string } }));

export async function storedReferral(db: mongo.Db, id: string): Promise<StoredReferral> {
  const find = async <T>(type: string, value: string): Promise<Stored<T>[]> =>
    parsed<T>(await db.collection<StoredResource>(type).find({ 's.ref': value, del: false }).toArray());
  const [orders, tasks, appointments, trail] = await Promise.all([
    db.collection<StoredResource>('ServiceRequest').find({ _id: id }).toArray(),
    find<Task>('Task', `focus~ServiceRequest/${id}`),
    find<Appointment>('Appointment', `based-on~ServiceRequest/${id}`),
    find<Provenance>('Provenance', `target~ServiceRequest/${id}`),
  ]);
  const [order] = parsed<ServiceRequest>(orders);
  if (!order) throw new Error(`ServiceRequest/${id} is gone`);
  return { order, legs: tasks.filter(({ resource }) => isLeg(resource)), appointments, trail };
}

/** One open leg at most, and the work scalars say what the resource says (design.md 3a.4). */
function brokenWork({ legs }: StoredReferral): string[] {
  const followed = new Set(legs.flatMap(({ resource }) => previousLegs(resource)));
  const last = legs.filter(({ resource }) => !followed.has(resource.id));
  const [current] = last;
  if (last.length !== 1 || !current) return [`${last.length} newest legs`];
  const state = stateOf(current.resource);
  if (!state) return ['the newest leg has no state'];
  const { actsNext, request: _request, clock } = stateRow(state);
  const { origin, destination } = sidesOf(current.resource);
  const owner = actsNext === undefined ? undefined : actsNext === 'origin' ? origin : destination;
  const { w } = current.row;
  return [
    ...(w?.state === state ? [] : [`w.state is ${String(w?.state)}, the state is ${state}`]),
    ...(w?.owner === owner ? [] : [`w.owner is ${String(w?.owner)} in ${state}`]),
    ...(clock === undefined || w?.due instanceof Date ? [] : [`no term in ${state}`]),
    ...legs.flatMap(({ row, resource }) =>
      resource.id !== current.resource.id && row.w?.owner !== undefined
        ? [`ended leg ${resource.id} is still somebody's work`]
        : [],
    ),
    ...(legs.filter(({ resource }) => OPEN.has(resource.status)).length > 1 ? ['two open legs'] : []),
  ];
}

function brokenLeg({ resource }: Stored<Task>): string[] {
  const state = stateOf(resource);
  if (!state) return [`leg ${resource.id} has no state`];
  const allowed = stateRow(state).task;
  return [
    ...(allowed.includes(resource.status) ? [] : [`${state} with Task.status ${resource.status}`]),
    ...(EXPLAINED.has(resource.status) && !resource.statusReason?.text ? [`${resource.status} without a reason`] : []),
    ...(resource.status === 'completed' && lastOutput(resource, 'respuesta') === undefined
      ? ['completed without a respuesta']
      : []),
  ];
}

function brokenOrder({ order, legs }: StoredReferral): string[] {
  const { resource } = order;
  const followed = new Set(legs.flatMap((leg) => previousLegs(leg.resource)));
  const newest = legs.find((leg) => !followed.has(leg.resource.id));
  const state = newest && stateOf(newest.resource);
  const status = state && stateRow(state).request;
  return [
    ...(status === undefined || resource.status === status
      ? []
      : [`ServiceRequest.status ${resource.status} in ${state}`]),
    ...(resource.identifier?.some(({ system }) => system === SID.referencia) ? [] : ['no national number']),
    ...(resource.authoredOn && resource.performer?.length && resource.reasonCode?.length
      ? []
      : ['sent without its data']),
  ];
}

const brokenAppointment = ({ resource }: Stored<Appointment>): string[] => [
  ...(resource.status === 'cancelled' && !resource.cancelationReason ? ['cancelled appointment without a reason'] : []),
  ...(resource.status === 'booked' && !(resource.start && resource.end) ? ['booked appointment without a time'] : []),
];

/**
 * Invariants of a referral that was sent (referral-anchors 2.5): empty when all hold.
 * @param acknowledged moves that were answered with success, `submit` included: each left one trail entry, and nothing else did
 */
export function brokenInvariants(stored: StoredReferral, acknowledged: number): string[] {
  const booked = stored.appointments.filter(({ resource }) => resource.status === 'booked');
  return [
    ...brokenWork(stored),
    ...stored.legs.flatMap(brokenLeg),
    ...brokenOrder(stored),
    ...stored.appointments.flatMap(brokenAppointment),
    ...(booked.length > 1 ? [`${booked.length} appointments in force`] : []),
    ...(stored.trail.length === acknowledged
      ? []
      : [`${acknowledged} moves acknowledged, ${stored.trail.length} in the trail`]),
  ];
}
