import type { Appointment, Bundle, HealthcareService, Location, Patient, Schedule, Slot } from '@medplum/fhirtypes';
import { codeSystemUrl } from '../../config/canonical.js';
import { localTarget } from '../../fhir/references.js';
import { actorOf } from '../../referral/slots/agendas.js';
import { freedAt } from '../../referral/slots/slot-booking.js';
import type { PageContext } from '../page-context.js';
import { conceptText } from './coded-text.js';

const SPECIALTY = codeSystemUrl('specialty');

/** One slot of an agenda in words, and who has it as far as the person may see. */
export interface SlotRow {
  readonly id: string;
  /** FHIR instants. */
  readonly start: string;
  readonly end: string;
  readonly free: boolean;
  /** It had an appointment and was given up. */
  readonly freed: boolean;
  readonly service: string;
  readonly place: string;
  /** Code of the specialty. */
  readonly specialty?: string;
  readonly appointment?: Appointment;
  readonly patient?: Patient;
}

/** The slots of an answer of `$agenda`, in their order. */
export function slotRows(page: Pick<PageContext, 'services' | 'language'>, { entry = [] }: Bundle): readonly SlotRow[] {
  const resources = entry.flatMap(({ resource }) => resource ?? []);
  const known = new Map(resources.map((one) => [`${one.resourceType}/${one.id ?? ''}`, one]));
  const find = <T>(reference: string | undefined): T | undefined => known.get(reference ?? '') as T | undefined;
  const visits = resources.filter((one): one is Appointment => one.resourceType === 'Appointment');
  return resources.flatMap((slot): SlotRow[] => {
    if (slot.resourceType !== 'Slot') return [];
    const agenda = find<Schedule>(slot.schedule.reference);
    const service = agenda && find<HealthcareService>(actorOf(agenda, 'HealthcareService')?.reference);
    const place = agenda && find<Location>(actorOf(agenda, 'Location')?.reference);
    const specialty = specialtyOf(slot);
    const appointment = visits.find((visit) => visit.slot?.some(({ reference }) => reference === `Slot/${slot.id}`));
    const person = appointment?.participant.find(
      ({ actor }) => localTarget(actor?.reference ?? '')?.type === 'Patient',
    );
    const patient = find<Patient>(person?.actor?.reference);
    return [
      {
        id: slot.id ?? '',
        start: slot.start,
        end: slot.end,
        free: slot.status === 'free',
        freed: slot.status === 'free' && freedAt(slot) !== undefined,
        service: conceptText(page, service?.specialty?.[0]) || (service?.name ?? ''),
        place: place?.name ?? '',
        ...(specialty === undefined ? {} : { specialty }),
        ...(appointment ? { appointment } : {}),
        ...(patient ? { patient } : {}),
      },
    ];
  });
}

const specialtyOf = ({ specialty = [] }: Slot): string | undefined =>
  specialty.flatMap(({ coding = [] }) => coding).find(({ system }) => system === SPECIALTY)?.code;

/** Slots of a facility (Organization id) as `$agenda` gives them. @param query its parameters */
export async function loadSlots(
  page: Pick<PageContext, 'fhir' | 'services' | 'language'>,
  facility: string,
  query: Readonly<Record<string, string>> = {},
): Promise<{ readonly rows: readonly SlotRow[]; readonly total: number }> {
  const text = new URLSearchParams(query).toString();
  const path = `Organization/${facility}/$agenda${text === '' ? '' : `?${text}`}`;
  const { resource } = await page.fhir<Bundle>('GET', path);
  const rows = slotRows(page, resource);
  return { rows, total: resource.total ?? rows.length };
}
