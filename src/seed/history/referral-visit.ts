import type { Appointment, Encounter, ServiceRequest } from '@medplum/fhirtypes';
import { codeSystemUrl, extensionUrl } from '../../config/canonical.js';
import { PROFILES } from '../../referral/vocabulary.js';
import { facilityReference, locationId } from '../catalogue-ids.js';
import type { Facility } from '../catalogue-schema.js';
import { postReference } from '../post-resources.js';
import type { Random } from '../random.js';
import { atHour, DAY, HOUR, localInstant, MINUTE, onWeekday } from './calendar.js';
import type { Chart } from './chart.js';
import { SYSTEMS } from './code-systems.js';
import type { Step } from './referral-plan.js';

const NO_SHOW_REASONS = [
  'unknown',
  'transport',
  'cost',
  'forgot',
  'not-informed',
  'weather-road',
  'work-study',
] as const;

/** What followed an appointment, by the state that came after it. */
const APPOINTMENT_STATUS: Partial<Record<Step['state'], Appointment['status']>> = {
  arrived: 'fulfilled',
  'no-show': 'noshow',
  'appointment-cancelled': 'cancelled',
};

/**
 * Writes an appointment given for a referral.
 * @param booked the moment of booking
 * @param next the state that followed, if any: the patient came, did not come, or the appointment was cancelled
 */
export function addAppointment(
  chart: Chart,
  random: Random,
  order: ServiceRequest & { id: string },
  facility: Facility,
  at: { label: string; booked: Step; next?: Step; last: boolean },
): Appointment & { id: string } {
  const { booked, next, label } = at;
  const future = onWeekday(atHour(booked.time + random.int(3, 75) * DAY, 7 + random.int(0, 4)));
  const missed = next?.state === 'no-show' ? next.time - 4 * HOUR : undefined;
  const start = next?.state === 'arrived' ? next.time + random.int(-30, 20) * MINUTE : (missed ?? future);
  const status = (next && APPOINTMENT_STATUS[next.state]) ?? 'booked';
  // The patient is in the clinic, not yet with the doctor.
  const waiting = next?.state === 'arrived' && at.last;
  return chart.add<Appointment>(
    {
      resourceType: 'Appointment',
      extension: [
        {
          url: extensionUrl('contact-attempt'),
          extension: [
            { url: 'time', valueDateTime: localInstant(booked.time) },
            { url: 'medium', valueCode: random.pick(['phone', 'whatsapp', 'in-person']) },
            { url: 'reached', valueBoolean: true },
          ],
        },
        ...(status === 'noshow'
          ? [
              {
                url: extensionUrl('no-show-reason'),
                valueCodeableConcept: {
                  coding: [{ system: codeSystemUrl('no-show-reason'), code: random.pick(NO_SHOW_REASONS) }],
                },
              },
            ]
          : []),
      ],
      status: waiting ? 'arrived' : status,
      ...(status === 'cancelled'
        ? { cancelationReason: { coding: [{ system: codeSystemUrl('cancel-reason'), code: 'provider-schedule' }] } }
        : {}),
      ...(order.performerType ? { specialty: [order.performerType] } : {}),
      start: new Date(start).toISOString(),
      end: new Date(start + 20 * MINUTE).toISOString(),
      created: localInstant(booked.time),
      basedOn: [{ reference: `ServiceRequest/${order.id}` }],
      participant: [
        { actor: chart.patient, status: 'accepted' },
        { actor: postReference('specialist', facility), status: 'accepted' },
        { actor: { reference: `Location/${locationId(facility.rups)}`, display: facility.name }, status: 'accepted' },
      ],
    },
    { label, time: booked.time, custodian: facility, profile: PROFILES.appointment },
  );
}

/** Writes the visit at the destination, as far as it went. */
export function addDestinationVisit(
  chart: Chart,
  order: ServiceRequest & { id: string },
  facility: Facility,
  at: {
    label: string;
    arrived: Step;
    care?: Step;
    answered?: Step;
    emergency: boolean;
    appointment?: Appointment & { id: string };
  },
): Encounter & { id: string } {
  const { arrived, care, answered, emergency, appointment } = at;
  const code = emergency ? 'EMER' : 'AMB';
  return chart.add<Encounter>(
    {
      resourceType: 'Encounter',
      status: answered ? 'finished' : care ? 'in-progress' : 'arrived',
      class: { system: SYSTEMS.actCode, code, display: emergency ? 'emergency' : 'ambulatory' },
      subject: chart.patient,
      basedOn: [{ reference: `ServiceRequest/${order.id}` }],
      ...(care
        ? {
            participant: [
              { period: { start: localInstant(care.time) }, individual: postReference('specialist', facility) },
            ],
          }
        : {}),
      ...(appointment ? { appointment: [{ reference: `Appointment/${appointment.id}` }] } : {}),
      period: { start: localInstant(arrived.time), ...(answered ? { end: localInstant(answered.time) } : {}) },
      ...(order.reasonReference ? { reasonReference: order.reasonReference as Encounter['reasonReference'] } : {}),
      location: [{ location: { reference: `Location/${locationId(facility.rups)}`, display: facility.name } }],
      serviceProvider: facilityReference(facility),
    },
    { label: at.label, time: arrived.time, custodian: facility, profile: PROFILES.visit },
  );
}
