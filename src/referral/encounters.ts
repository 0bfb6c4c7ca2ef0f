import type { Encounter, Reference } from '@medplum/fhirtypes';
import type { Move } from './move-operation.js';
import { lastOutput, type Linked, readLinked } from './task-io.js';
import { PROFILES } from './vocabulary.js';

const ACT_CODE = 'http://terminology.hl7.org/CodeSystem/v3-ActCode';

/** Encounter of a patient who just arrived for a referral: emergency for a transfer, ambulatory for an appointment. */
export function arrivedEncounter({ now, referral }: Move): Encounter {
  const appointment = lastOutput(referral.leg.task, 'appointment');
  const emergency = appointment === undefined;
  return {
    resourceType: 'Encounter',
    meta: { profile: [PROFILES.visit] },
    status: 'arrived',
    class: { system: ACT_CODE, code: emergency ? 'EMER' : 'AMB' },
    type: [{ text: emergency ? 'Emergencia' : 'Consulta externa' }],
    subject: referral.resource.subject as Encounter['subject'],
    basedOn: [{ reference: `ServiceRequest/${referral.resource.id}` }],
    ...(appointment === undefined ? {} : { appointment: [{ reference: appointment }] }),
    period: { start: now.toISOString() },
    serviceProvider: { reference: `Organization/${referral.sides.destination ?? ''}` },
  };
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
