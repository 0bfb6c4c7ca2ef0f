import type { Appointment, CodeableConcept, ServiceRequest, Task } from '@medplum/fhirtypes';
import { codeSystemUrl } from '../config/canonical.js';
import type { Finding } from '../errors.js';
import type { AskedMove } from './ask-move.js';
import { dayOf } from './local-day.js';
import { type WantedSlot, wantedSlot } from './slots/slot-booking.js';
import { lastOutput, readLinked } from './task-io.js';

/** How far ahead a patient chooses: what is left of today and later than this is given by the desk. */
const MOST_DAYS = 90;
const DAY_MS = 86_400_000;

/** When the slots begin that a patient may choose: from tomorrow on, so that the day's list stands. */
export const patientWindow = (now: Date): { readonly from: Date; readonly to: Date } => ({
  from: dayOf(now).end,
  to: new Date(now.getTime() + MOST_DAYS * DAY_MS),
});

/** True when nobody but the patient, or whoever stands in for the patient, does the move. */
export const isByPatient = ({ parties }: Pick<AskedMove, 'parties'>): boolean =>
  parties.every((party) => party === 'PT');

const rule = (es: string, en: string, expression?: string): Finding => ({
  code: 'rule-broken',
  params: { es, en },
  ...(expression === undefined ? {} : { expression }),
});

/** What has begun is the desk's to write down. */
async function checkVisit({ context, referral }: AskedMove, now: Date): Promise<readonly Finding[]> {
  const visit = referral.leg && (await readLinked<Appointment>(context, lastOutput(referral.leg.task, 'appointment')));
  const start = visit?.resource.start;
  if (start === undefined || Date.parse(start) > now.getTime()) return [];
  return [
    rule(
      'La hora de su cita ya pasó. Llame al establecimiento para pedir otra.',
      'The time of your appointment has passed. Call the facility to ask for another.',
    ),
  ];
}

const SPECIALTY = codeSystemUrl('specialty');

const specialtiesIn = (concepts: readonly (CodeableConcept | undefined)[]): readonly string[] =>
  concepts
    .flatMap((concept) => concept?.coding ?? [])
    .flatMap(({ system, code }) => (system === SPECIALTY && code !== undefined ? [code] : []));

/** Whose free slots are offered to the patient: the service that accepted the referral, else the specialty asked for. */
export interface OfferedService {
  /** `HealthcareService/id`. */
  readonly service?: string;
  readonly specialties: readonly string[];
}

/** The service that sees the patient of a leg, as far as the referral tells. */
export function offeredService(task: Task, { performerType }: Pick<ServiceRequest, 'performerType'>): OfferedService {
  const service = lastOutput(task, 'service');
  const accepted = specialtiesIn((task.output ?? []).map(({ valueCodeableConcept }) => valueCodeableConcept));
  return {
    ...(service === undefined ? {} : { service }),
    specialties: accepted.length > 0 ? accepted : specialtiesIn([performerType]),
  };
}

function isOffered({ resource, participants }: WantedSlot, { service, specialties }: OfferedService): boolean {
  if (service !== undefined) return participants.some(({ reference }) => reference === service);
  return specialtiesIn(resource.specialty ?? []).some((code) => specialties.includes(code));
}

/** A patient chooses among the free slots of the service that accepted the referral. */
async function checkOffered(asked: AskedMove, now: Date): Promise<readonly Finding[]> {
  const wanted = await wantedSlot(asked);
  const { leg } = asked.referral;
  if (!wanted || !leg) return [];
  const { from, to } = patientWindow(now);
  const start = Date.parse(wanted.resource.start);
  const outside = start < from.getTime() || start > to.getTime();
  const foreign = !isOffered(wanted, offeredService(leg.task, asked.referral.resource));
  return [
    ...(outside
      ? [
          rule(
            `Elija un cupo de mañana a ${MOST_DAYS} días.`,
            `Choose a slot from tomorrow to ${MOST_DAYS} days ahead.`,
            'slot',
          ),
        ]
      : []),
    ...(foreign ? [rule('El cupo es de otro servicio.', 'The slot belongs to another service.', 'slot')] : []),
  ];
}

/**
 * Findings of 422 about a change of the appointment by the patient (transitions 15 and 16): not when the visit has begun,
 * and only to a slot that is offered to patients. None for everybody else. Throws 409 `slot-taken`.
 */
export async function checkPatientMove(asked: AskedMove, now = new Date()): Promise<readonly Finding[]> {
  if (!isByPatient(asked)) return [];
  return [...(await checkVisit(asked, now)), ...(await checkOffered(asked, now))];
}
