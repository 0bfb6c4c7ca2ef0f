import type { Appointment, Schedule, Slot } from '@medplum/fhirtypes';
import { reachOf } from '../../access/policy/policy-table.js';
import { fault } from '../../errors.js';
import type { CheckedWrite, FhirContext } from '../../fhir/fhir-context.js';
import { resourceOf } from '../../fhir/stored-resource.js';
import { readLinked } from '../task-io.js';
import { facilityOf } from './agendas.js';
import { heldSlots } from './follow-appointment.js';

/** A long visit takes a few slots in a row; nobody sees one person for more. */
const MOST_SLOTS = 20;

async function facilityOfSlot(context: FhirContext, id: string): Promise<string | undefined> {
  const slot = await readLinked<Slot>(context, `Slot/${id}`);
  const agenda = await readLinked<Schedule>(context, slot?.resource.schedule.reference);
  return agenda && facilityOf(context.store, agenda.resource);
}

/**
 * Checks the slots that a plain write of an Appointment takes (hook `checkWrite`): few, and of an agenda of the writer's own
 * facility, as `$book` has it. Throws 422. Who acts for all of the country may take any.
 */
export async function checkAppointmentSlots(
  context: FhirContext,
  { type, request: { caller }, before, after }: CheckedWrite,
): Promise<void> {
  if (type !== 'Appointment' || after?.resourceType !== 'Appointment') return;
  const was = before && !before.del && before.json !== '' ? resourceOf<Appointment>(before) : undefined;
  const [earlier, wanted] = [new Set(heldSlots(was)), heldSlots(after)];
  if (wanted.length > MOST_SLOTS)
    throw fault(
      'rule-broken',
      { es: `Una cita ocupa hasta ${MOST_SLOTS} cupos.`, en: `An appointment takes at most ${MOST_SLOTS} slots.` },
      'Appointment.slot',
    );
  if (reachOf(caller.role, 'workflow', 'update') === 'all') return;
  for (const id of wanted.filter((one) => !earlier.has(one)))
    if ((await facilityOfSlot(context, id)) !== caller.facility)
      throw fault(
        'rule-broken',
        { es: 'El cupo es de otro establecimiento.', en: 'The slot belongs to another facility.' },
        'Appointment.slot',
      );
}
