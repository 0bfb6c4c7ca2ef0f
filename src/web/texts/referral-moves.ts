import type { MoveName } from '../../referral/moves.js';
import type { Words } from '../../words.js';

/** Words of one move: on its button, on the page that asks for its data, when it is done, and in the life of the referral. */
interface MoveWords {
  readonly button: Words;
  /** On the button that sends the form, when that differs from the one that leads to it. */
  readonly send: Words;
  readonly done: Words;
  readonly event: Words;
}

const words = (button: Words, done: Words, event: Words, send = button): MoveWords => ({
  button,
  done,
  event,
  send,
});

/** Every move that the pages offer; the table of moves (src/referral/moves.ts) names the others. */
export const MOVE_WORDS = {
  submit: words(
    { es: 'Enviar referencia', en: 'Send referral' },
    { es: 'La referencia se envió.', en: 'The referral was sent.' },
    { es: 'Enviada', en: 'Sent' },
  ),
  receive: words(
    { es: 'Recibir referencia', en: 'Receive referral' },
    { es: 'Recibida. Ahora pasa a triaje.', en: 'Received. It now goes to triage.' },
    { es: 'Recibida en el destino', en: 'Received at the destination' },
  ),
  'request-info': words(
    { es: 'Pedir información', en: 'Ask for information' },
    { es: 'Se pidió la información al origen.', en: 'The origin was asked for the information.' },
    { es: 'Se pidió información', en: 'Information was asked' },
  ),
  'provide-info': words(
    { es: 'Dar la información', en: 'Give the information' },
    { es: 'La información se envió. La referencia vuelve a triaje.', en: 'The information was sent.' },
    { es: 'El origen dio la información', en: 'The origin gave the information' },
  ),
  'withdraw-info': words(
    { es: 'Retirar lo que se pidió', en: 'Withdraw the question' },
    { es: 'Se retiró lo pedido. La referencia vuelve a triaje.', en: 'Withdrawn. The referral goes back to triage.' },
    { es: 'Triaje retiró lo que había pedido', en: 'Triage withdrew its question' },
  ),
  accept: words(
    { es: 'Aceptar referencia', en: 'Accept referral' },
    { es: 'Aceptada. Ahora falta darle cita.', en: 'Accepted. It now needs an appointment.' },
    { es: 'Aceptada', en: 'Accepted' },
  ),
  reject: words(
    { es: 'No aceptar', en: 'Do not accept' },
    { es: 'No se aceptó. El origen ya ve el motivo y el paso siguiente.', en: 'Not accepted. The origin sees why.' },
    { es: 'No aceptada', en: 'Not accepted' },
  ),
  redirect: words(
    { es: 'Pasar a otro establecimiento', en: 'Redirect' },
    {
      es: 'Pasó al otro establecimiento. Conserva su número y su lugar en la fila.',
      en: 'It went to the other facility. It keeps its number and its place in the queue.',
    },
    { es: 'Pasó a otro establecimiento', en: 'Redirected' },
  ),
  resubmit: words(
    { es: 'Volver a enviar', en: 'Send again' },
    { es: 'La referencia se envió de nuevo.', en: 'The referral was sent again.' },
    { es: 'Enviada de nuevo', en: 'Sent again' },
  ),
  revoke: words(
    { es: 'Anular referencia', en: 'Revoke referral' },
    { es: 'La referencia quedó anulada.', en: 'The referral was revoked.' },
    { es: 'Anulada por el origen', en: 'Revoked by the origin' },
  ),
  book: words(
    { es: 'Dar cita', en: 'Book appointment' },
    { es: 'La cita quedó dada.', en: 'The appointment is booked.' },
    { es: 'Se dio cita', en: 'Appointment booked' },
  ),
  'contact-attempt': words(
    { es: 'Anotar llamada o intento', en: 'Record a contact attempt' },
    { es: 'El intento quedó anotado.', en: 'The attempt was recorded.' },
    { es: 'Intento de contacto', en: 'Contact attempt' },
  ),
  'pause-waiting': words(
    { es: 'Anotar que no puede venir', en: 'Note that the patient cannot come' },
    {
      es: 'Quedó anotado. El plazo se detiene ese tiempo y el lugar en la fila se conserva.',
      en: 'It is noted. The term stands still meanwhile and the place in the queue is kept.',
    },
    { es: 'El paciente avisó que no puede venir por un tiempo', en: 'The patient cannot come for a time' },
  ),
  reschedule: words(
    { es: 'Cambiar la cita', en: 'Change the appointment' },
    { es: 'La cita se cambió.', en: 'The appointment was changed.' },
    { es: 'Se cambió la cita', en: 'Appointment changed' },
  ),
  'cancel-appointment': words(
    { es: 'Cancelar la cita', en: 'Cancel the appointment' },
    { es: 'La cita se canceló. Falta dar otra.', en: 'The appointment was cancelled. Another one is needed.' },
    { es: 'Se canceló la cita', en: 'Appointment cancelled' },
  ),
  'no-show': words(
    { es: 'No se presentó', en: 'Did not come' },
    {
      es: 'Se anotó que no llegó. Busque al paciente y dé otra cita.',
      en: 'Recorded. Look for the patient and rebook.',
    },
    { es: 'No se presentó a la cita', en: 'Did not come' },
  ),
  'not-arrived': words(
    { es: 'No ha llegado', en: 'Has not arrived' },
    {
      es: 'Se anotó que no llegó. El origen averigua qué pasó.',
      en: 'Recorded. The origin finds out what happened.',
    },
    { es: 'No llegó del traslado', en: 'Did not arrive from the transfer' },
  ),
  arrive: words(
    { es: 'Marcar llegada', en: 'Mark arrival' },
    { es: 'La llegada quedó registrada.', en: 'The arrival was registered.' },
    { es: 'Llegó al destino', en: 'Arrived at the destination' },
  ),
  'start-care': words(
    { es: 'Iniciar atención', en: 'Start care' },
    { es: 'La atención empezó a su nombre.', en: 'Care started in your name.' },
    { es: 'Empezó la atención', en: 'Care started' },
  ),
  respond: words(
    { es: 'Escribir respuesta', en: 'Write the answer' },
    { es: 'La respuesta se envió al origen.', en: 'The answer was sent to the origin.' },
    { es: 'El destino respondió', en: 'The destination answered' },
    { es: 'Enviar respuesta', en: 'Send the answer' },
  ),
  interim: words(
    { es: 'Adelantar respuesta parcial', en: 'Give an interim answer' },
    { es: 'La respuesta parcial se envió. Falta la final.', en: 'The interim answer was sent. The final one is due.' },
    { es: 'El destino adelantó una respuesta', en: 'The destination gave an interim answer' },
    { es: 'Enviar respuesta parcial', en: 'Send the interim answer' },
  ),
  amend: words(
    { es: 'Corregir la respuesta', en: 'Correct the answer' },
    { es: 'La respuesta corregida se envió. El origen debe leerla.', en: 'The corrected answer was sent.' },
    { es: 'El destino corrigió la respuesta', en: 'The destination corrected the answer' },
    { es: 'Enviar respuesta corregida', en: 'Send the corrected answer' },
  ),
  acknowledge: words(
    { es: 'Marcar respuesta como leída', en: 'Mark the answer as read' },
    { es: 'Leída. El plan queda abajo para darle seguimiento.', en: 'Read. The plan stands below for follow-up.' },
    { es: 'El origen leyó la respuesta', en: 'The origin read the answer' },
  ),
  close: words(
    { es: 'Cerrar referencia', en: 'Close referral' },
    { es: 'La referencia quedó cerrada.', en: 'The referral is closed.' },
    { es: 'Cerrada por el origen', en: 'Closed by the origin' },
  ),
  'no-response': words(
    { es: 'Rechazar: no contestó', en: 'Reject: no answer' },
    { es: 'Se rechazó porque el origen no contestó.', en: 'Rejected because the origin did not answer.' },
    { es: 'No aceptada: el origen no contestó', en: 'Not accepted: no answer from the origin' },
  ),
  convert: words(
    { es: 'Convertir en referencia', en: 'Convert into a referral' },
    { es: 'Ya es una referencia. Ahora acéptela.', en: 'It is a referral now. Accept it next.' },
    { es: 'La interconsulta se convirtió en referencia', en: 'The advice request became a referral' },
  ),
  'leave-list': words(
    { es: 'Sacar de la lista', en: 'Take off the list' },
    { es: 'Salió de la lista. El origen buscará a la persona.', en: 'Off the list. The origin will find the person.' },
    { es: 'Salió de la lista sin atención', en: 'Left the list without care' },
  ),
  'request-cancel': words(
    { es: 'Pedir que se anule', en: 'Ask to cancel' },
    { es: 'Se pidió anularla. El destino contestará.', en: 'Asked. The destination will answer.' },
    { es: 'El origen pidió anularla', en: 'The origin asked to cancel' },
  ),
  'confirm-cancel': words(
    { es: 'Confirmar la anulación', en: 'Confirm the cancellation' },
    { es: 'La referencia quedó anulada.', en: 'The referral was cancelled.' },
    { es: 'El destino confirmó la anulación', en: 'The destination confirmed the cancellation' },
    { es: 'Anular la referencia', en: 'Cancel the referral' },
  ),
  'record-death': words(
    { es: 'La persona falleció', en: 'The person died' },
    { es: 'Quedó registrado. No habrá llamadas ni citas.', en: 'Recorded. There will be no calls or appointments.' },
    { es: 'Se registró el fallecimiento', en: 'The death was recorded' },
    { es: 'Registrar el fallecimiento', en: 'Record the death' },
  ),
  void: words(
    { es: 'Marcar como error', en: 'Mark as an error' },
    { es: 'La referencia quedó marcada como error.', en: 'The referral was marked as an error.' },
    { es: 'Marcada como error', en: 'Marked as an error' },
  ),
} as const satisfies Partial<Record<MoveName, MoveWords>>;

/** Moves that have pages. */
export type OfferedMove = keyof typeof MOVE_WORDS;

export const OFFERED_MOVES = Object.keys(MOVE_WORDS) as readonly OfferedMove[];

export const isOfferedMove = (name: string | undefined): name is OfferedMove =>
  name !== undefined && Object.hasOwn(MOVE_WORDS, name);
