import type { Encounter, Reference, ServiceRequest } from '@medplum/fhirtypes';
import { fault } from '../errors.js';
import type { Move } from './move-operation.js';
import { lastOutput, type Linked, readLinked } from './task-io.js';
import { PROFILES } from './vocabulary.js';

const ACT_CODE = 'http://terminology.hl7.org/CodeSystem/v3-ActCode';

interface Arrival {
  readonly order: ServiceRequest & { id: string };
  /** Organization id of the facility where the person is. */
  readonly destination: string;
  /** FHIR dateTime. */
  readonly start: string;
  /** The appointment that the person came for; an emergency has none. */
  readonly appointment?: string | undefined;
}

function visit({ order, destination, start, appointment }: Arrival): Encounter {
  const emergency = appointment === undefined;
  return {
    resourceType: 'Encounter',
    meta: { profile: [PROFILES.visit] },
    status: 'arrived',
    class: { system: ACT_CODE, code: emergency ? 'EMER' : 'AMB' },
    type: [{ text: emergency ? 'Emergencia' : 'Consulta externa' }],
    subject: order.subject as Encounter['subject'],
    basedOn: [{ reference: `ServiceRequest/${order.id}` }],
    ...(appointment === undefined ? {} : { appointment: [{ reference: appointment }] }),
    period: { start },
    serviceProvider: { reference: `Organization/${destination}` },
  };
}

/** Encounter of a patient who just arrived for a referral: emergency for a transfer, ambulatory for an appointment. */
export const arrivedEncounter = ({ now, referral: { resource, leg, sides } }: Move): Encounter =>
  visit({
    order: resource,
    destination: sides.destination ?? '',
    start: now.toISOString(),
    appointment: lastOutput(leg.task, 'appointment'),
  });

/** Encounter of somebody who came in an emergency without a referral. @param start FHIR dateTime of the arrival */
export const unreferredEncounter = (order: Arrival['order'], destination: string, start: string): Encounter =>
  visit({ order, destination, start });

const ENDED: ReadonlySet<Encounter['status']> = new Set(['finished', 'cancelled', 'entered-in-error']);

/** Throws 422 for a visit in which nobody can be any more. */
export function assertOngoing({ status }: Encounter): void {
  if (!ENDED.has(status)) return;
  const params = { es: 'Esa atención ya terminó o se anuló.', en: 'That visit has ended or was cancelled.' };
  throw fault('rule-broken', params, 'encounter');
}

/** A visit that the desk opened before, now tied to an order. @param order its id */
export function tiedEncounter(before: Encounter, order: string): Encounter {
  const reference = `ServiceRequest/${order}`;
  const others = (before.basedOn ?? []).filter((one) => one.reference !== reference);
  const status = before.status === 'planned' ? 'arrived' : before.status;
  return { ...before, status, basedOn: [...others, { reference }] };
}

/** The Encounter of a move's leg at the destination. */
export const currentEncounter = ({
  context,
  referral,
}: Pick<Move, 'context' | 'referral'>): Promise<Linked<Encounter> | undefined> =>
  readLinked<Encounter>(context, lastOutput(referral.leg.task, 'encounter'));

/** Changes the Encounter of the leg, when there is one; returns its reference. */
export async function changeEncounter(
  move: Move,
  change: (before: Encounter) => Encounter,
): Promise<Reference<Encounter> | undefined> {
  const found = await currentEncounter(move);
  if (!found) return undefined;
  if (found.resource.status !== 'finished') move.builder.update(found.stored, change(found.resource));
  return { reference: `Encounter/${found.resource.id}` };
}

/** Ends the visit; `period.start` stays the arrival. */
export const finished =
  (now: Date) =>
  (before: Encounter): Encounter => ({
    ...before,
    status: 'finished',
    period: { ...before.period, end: now.toISOString() },
  });
