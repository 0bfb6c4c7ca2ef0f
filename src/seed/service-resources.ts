import type { HealthcareService } from '@medplum/fhirtypes';
import { codeSystemUrl, profileUrl, SID } from '../config/canonical.js';
import { catalogue } from './catalogue.js';
import { facilityReference, locationId, serviceId } from './catalogue-ids.js';
import type { Facility, Schedule } from './catalogue-schema.js';
import { CATALOGUE_DATE, demonstrationMeta } from './demonstration-meta.js';

const displays = new Map(catalogue.specialties.map(({ code, display }) => [code, display]));

/** Spanish display of a specialty code. Throws RangeError for an unknown code. */
export function specialtyDisplay(code: string): string {
  const display = displays.get(code);
  if (!display) throw new RangeError(`no specialty ${code}`);
  return display;
}

const time = (clock: string): string => `${clock}:00`;

const availability = ({ days, from, to, allDay }: Schedule): NonNullable<HealthcareService['availableTime']> => [
  {
    daysOfWeek: days,
    ...(allDay ? { allDay } : {}),
    ...(from && to ? { availableStartTime: time(from), availableEndTime: time(to) } : {}),
  },
];

/** Specialties that take people without an appointment: urgent cases are attended always (LN23:2019 7.2.2). */
const WALK_IN: ReadonlySet<string> = new Set(['emergencia', 'medicina-general', 'salud-publica', 'laboratorio']);

function facilityService(facility: Facility, specialty: string, hours: string): HealthcareService & { id: string } {
  const schedule = catalogue.schedules[hours];
  if (!schedule) throw new RangeError(`no schedule ${hours}`);
  const display = specialtyDisplay(specialty);
  return {
    resourceType: 'HealthcareService',
    id: serviceId(facility.rups, specialty),
    meta: demonstrationMeta(CATALOGUE_DATE, profileUrl('servicio')),
    identifier: [{ system: SID.account, value: `${facility.rups}.${specialty}` }],
    active: true,
    providedBy: facilityReference(facility),
    specialty: [{ coding: [{ system: codeSystemUrl('specialty'), code: specialty, display }] }],
    location: [{ reference: `Location/${locationId(facility.rups)}` }],
    name: `${display}, ${facility.name}`,
    appointmentRequired: !WALK_IN.has(specialty),
    availableTime: availability(schedule),
  };
}

/** HealthcareServices: one for each specialty of each facility, with its hours. */
export const serviceResources = (): HealthcareService[] =>
  catalogue.facilities.flatMap((facility) =>
    Object.entries(facility.services).map(([specialty, hours]) => facilityService(facility, specialty, hours)),
  );
