import type { Reference, ServiceRequest, Task, TaskInput } from '@medplum/fhirtypes';
import { SID } from '../config/canonical.js';
import type { Deadlines } from './deadlines/deadlines.js';
import { setState } from './set-state.js';
import type { ReferralState } from './states.js';
import { ioType, PROFILES, TASK_CODES } from './vocabulary.js';
import { waitingExtensions } from './waiting-target.js';

/** National number of a referral, when it has one. */
export const nationalNumber = (referral: ServiceRequest): string | undefined =>
  referral.identifier?.find(({ system }) => system === SID.referencia)?.value;

export interface LegDraft {
  readonly referral: ServiceRequest & { id: string };
  /** Organization ids. */
  readonly origin: string;
  readonly destination: string;
  readonly state: ReferralState;
  readonly now: Date;
  /** Terms in force. */
  readonly deadlines: Deadlines;
  /** The leg before this one: its place in the queue, priority and inputs go on. */
  readonly previous?: Task & { id: string };
  /** Earlier date that counts for the queue, when a referral that was reopened keeps it. */
  readonly since?: string;
  /** End of its clock that was agreed or goes on; the term of the table when absent. */
  readonly due?: string;
  /** Service at the destination, when a redirect names one. */
  readonly service?: Reference;
}

/** Inputs that belong to one leg only. */
const OF_ONE_LEG: ReadonlySet<string | undefined> = new Set(['previous-task', 'service']);

/** Inputs of the leg that follows another: the same, and which leg that was. */
const inputsAfter = (previous: Task & { id: string }): TaskInput[] => [
  ...(previous.input ?? []).filter(({ type }) => !OF_ONE_LEG.has(type.coding?.[0]?.code)),
  { type: ioType('previous-task'), valueReference: { reference: `Task/${previous.id}` } },
];

/**
 * A leg of a referral: the Task that a destination works. A new leg of the same referral keeps number, `authoredOn`
 * (its place in the queue), the end of its whole waiting, and priority, and names the leg before it.
 */
export function newLeg(draft: LegDraft): Task {
  const { referral, origin, destination, state, now, deadlines, previous, since, service, due } = draft;
  const input = [
    ...(previous ? inputsAfter(previous) : []),
    ...(service ? [{ type: ioType('service'), valueReference: service }] : []),
  ];
  const request: Reference<ServiceRequest> = { reference: `ServiceRequest/${referral.id}` };
  const kept = previous ? waitingExtensions(previous) : [];
  const leg: Task = {
    resourceType: 'Task',
    meta: { profile: [PROFILES.leg] },
    ...(kept.length > 0 ? { extension: [...kept] } : {}),
    basedOn: [request],
    groupIdentifier: { system: SID.referencia, value: nationalNumber(referral) ?? '' },
    status: 'requested',
    intent: 'order',
    priority: previous?.priority ?? referral.priority ?? 'routine',
    code: TASK_CODES.fulfill,
    focus: request,
    for: { ...referral.subject },
    ...(referral.encounter ? { encounter: referral.encounter } : {}),
    ...(referral.performerType ? { performerType: [referral.performerType] } : {}),
    authoredOn: previous?.authoredOn ?? since ?? now.toISOString(),
    requester: { reference: `Organization/${origin}` },
    owner: { reference: `Organization/${destination}` },
    ...(previous?.note ? { note: previous.note } : {}),
    ...(input.length > 0 ? { input } : {}),
  };
  return setState(leg, { state, now, deadlines, ...(due === undefined ? {} : { due }) });
}

/** Ids of the Tasks that a leg names as the ones before it. */
export const previousLegs = (task: Task): readonly string[] =>
  (task.input ?? [])
    .filter(({ type }) => type.coding?.[0]?.code === 'previous-task')
    .map(({ valueReference }) => valueReference?.reference?.replace(/^Task\//, '') ?? '');
