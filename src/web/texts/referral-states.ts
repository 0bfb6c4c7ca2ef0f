import type { ReferralState } from '../../referral/states.js';
import type { Words } from '../../words.js';

/** What happens next in a state, for each side. */
interface NextStep {
  readonly origin: Words;
  readonly destination: Words;
}

const both = (es: string, en: string): NextStep => ({ origin: { es, en }, destination: { es, en } });
const each = (origin: readonly [string, string], destination: readonly [string, string]): NextStep => ({
  origin: { es: origin[0], en: origin[1] },
  destination: { es: destination[0], en: destination[1] },
});

/** What to do next: one sentence for each state and side. */
export const NEXT_STEPS: Readonly<Record<ReferralState, NextStep>> = {
  draft: each(
    ['Revise la referencia y envíela.', 'Check the referral and send it.'],
    ['Todavía no se ha enviado.', 'It has not been sent yet.'],
  ),
  sent: each(
    ['El destino debe confirmar que la recibió.', 'The destination must confirm that it has it.'],
    ['Confirme que la recibió; así pasa a triaje.', 'Confirm that you have it; it then goes to triage.'],
  ),
  'in-triage': each(
    ['El destino la está leyendo y va a decidir.', 'The destination is reading it and will decide.'],
    [
      'Lea la referencia y decida: aceptarla, pedir lo que falta, pasarla o no aceptarla.',
      'Read the referral and decide: accept, ask for what is missing, redirect or do not accept.',
    ],
  ),
  'info-requested': each(
    ['El destino necesita más datos. Déselos para que pueda decidir.', 'The destination needs more data to decide.'],
    ['Se espera que el origen dé los datos que se pidieron.', 'The origin must give the data that were asked.'],
  ),
  'accepted-waiting': each(
    ['El destino la aceptó. Falta que dé la cita.', 'The destination accepted it and must now book.'],
    ['Llame al paciente y dele una cita.', 'Call the patient and book an appointment.'],
  ),
  scheduled: each(
    ['Hay cita. Recuérdele al paciente el día y el lugar.', 'There is an appointment. Remind the patient.'],
    [
      'El día de la cita, marque si llegó o si no se presentó.',
      'On the day, mark whether the patient came or did not.',
    ],
  ),
  'in-transit': each(
    ['El paciente va en camino. El destino lo espera.', 'The patient is on the way. The destination waits.'],
    [
      'El paciente viene en camino. Prepárese y marque cuando llegue.',
      'The patient is coming. Prepare and mark the arrival.',
    ],
  ),
  'no-show': each(
    ['El paciente no llegó a la cita. Ayude a encontrarlo.', 'The patient did not come. Help to find the patient.'],
    ['Busque al paciente y dele otra cita.', 'Look for the patient and book again.'],
  ),
  'appointment-cancelled': each(
    ['La cita se canceló. El destino debe dar otra.', 'The appointment was cancelled. Another one is needed.'],
    ['Dé otra cita al paciente.', 'Book another appointment.'],
  ),
  arrived: each(
    ['El paciente ya está en el destino.', 'The patient is at the destination.'],
    ['El paciente está esperando. Inicie la atención.', 'The patient is waiting. Start care.'],
  ),
  'in-care': each(
    ['Lo están atendiendo. Falta la respuesta.', 'Care is under way. The answer is awaited.'],
    ['Cuando termine de atenderlo, escriba la respuesta.', 'When you have attended the patient, write the answer.'],
  ),
  'interim-answer': each(
    ['Hay una respuesta parcial. Falta la final.', 'There is an interim answer. The final one is awaited.'],
    ['Falta la respuesta final.', 'The final answer is missing.'],
  ),
  answered: each(
    ['Lea la respuesta y márquela como leída.', 'Read the answer and mark it as read.'],
    ['La respuesta está enviada. El origen debe leerla.', 'The answer is sent. The origin must read it.'],
  ),
  rejected: each(
    [
      'El destino no la aceptó. Lea el motivo y decida: volver a enviarla, pasarla a otro lugar o anularla.',
      'The destination did not accept it. Read why and decide: send again, redirect or revoke.',
    ],
    ['No se aceptó. El origen debe decidir qué sigue.', 'It was not accepted. The origin decides what is next.'],
  ),
  redirected: both(
    'Este tramo terminó; otro establecimiento la tiene.',
    'This leg has ended; another facility has it.',
  ),
  'cancel-requested': each(
    ['Usted pidió anularla. El destino debe contestar.', 'You asked to cancel it. The destination must answer.'],
    ['El origen pide anularla. Conteste.', 'The origin asks to cancel it. Answer.'],
  ),
  cancelled: both('El origen anuló la referencia.', 'The origin revoked the referral.'),
  'left-list': both('Salió de la lista sin atención.', 'It left the list without care.'),
  'follow-up': each(
    ['Cumpla el plan de la respuesta y después cierre la referencia.', 'Carry out the plan, then close the referral.'],
    ['El origen leyó la respuesta y sigue el plan.', 'The origin has read the answer and follows the plan.'],
  ),
  closed: both('El ciclo terminó.', 'The loop is closed.'),
  error: both('Se registró por error. No la use.', 'Entered in error. Do not use it.'),
};
