import type { Encounter, Practitioner, PractitionerRole } from '@medplum/fhirtypes';
import { changeAppointment } from '../appointments.js';
import { advance } from '../advance.js';
import { changeEncounter } from '../encounters.js';
import { type Move, moveOperation } from '../move-operation.js';

const inCare =
  ({ values }: Move) =>
  (before: Encounter): Encounter => {
    const start = values.time('start') ?? '';
    const individual = values.reference<PractitionerRole | Practitioner>('practitioner');
    return {
      ...before,
      status: 'in-progress',
      participant: [...(before.participant ?? []), { period: { start }, individual }],
      period: { ...before.period, start: before.period?.start ?? start },
    };
  };

/** `Task/$start-care`: a clinician attends the patient. */
export const startCare = moveOperation({
  move: 'start-care',
  purpose: 'El especialista o tratante empieza a atender al paciente.',
  apply: async (move) => {
    await changeEncounter(move, inCare(move));
    await changeAppointment(move, (before) =>
      before.status === 'arrived' ? { ...before, status: 'fulfilled' } : undefined,
    );
    return { task: advance(move) };
  },
});
