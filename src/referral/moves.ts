import type { Role } from '../access/caller.js';
import type { FieldRow } from './field.js';
import { ANSWER, BOOKING, nextStep, reason, SAID, text, YES_NO } from './move-fields.js';

interface MoveRow {
  /** Resource whose URL carries the operation; `none`: a plain create, not an operation. */
  readonly on: 'Task' | 'ServiceRequest' | 'none';
  readonly es: string;
  readonly en: string;
  /** What it must or may carry, `actor` aside. */
  readonly fields: readonly FieldRow[];
  /** The same of a patient, where a patient gives less: no day and hour of their own, and nobody has to be told. */
  readonly patientFields?: readonly FieldRow[];
}

/**
 * Every operation of the state machine: what it is called, where it is posted and what it must carry.
 * `actor` (the PractitionerRole that acts) belongs to all of them and is asked from systems. The code system
 * `referral-operation` of the guide is made of it (`npm run profiles`).
 */
export const MOVES = {
  create: { on: 'none', es: 'escribir la referencia', en: 'write the referral', fields: [] },
  submit: { on: 'ServiceRequest', es: 'enviar', en: 'send', fields: [] },
  'receive-emergency': {
    on: 'ServiceRequest',
    es: 'recibir una emergencia sin referencia',
    en: 'receive an emergency without a referral',
    fields: [
      { name: 'patient', kinds: ['Reference'], required: true, unless: 'person', targets: ['Patient'] },
      { name: 'person', kinds: ['resource'], targets: ['Patient'] },
      text('reason', false),
      { name: 'origin', kinds: ['Reference'], targets: ['Organization'] },
      text('toldBy', false),
      { name: 'arrived', kinds: ['dateTime', 'instant'] },
      { name: 'transport', kinds: ['coded'], codes: ['transport'] },
      { name: 'specialty', kinds: ['coded'], codes: ['specialty'] },
      { name: 'encounter', kinds: ['Reference'], targets: ['Encounter'] },
      text('identifier', false),
    ],
  },
  receive: {
    on: 'Task',
    es: 'recibir',
    en: 'receive',
    fields: [{ name: 'identifier', kinds: ['string'] }],
  },
  'request-info': {
    on: 'Task',
    es: 'pedir información',
    en: 'ask for information',
    fields: [
      { name: 'reason', kinds: SAID, required: true },
      { name: 'item', kinds: SAID, required: true, repeats: true },
      { name: 'due', kinds: ['dateTime'], required: true },
    ],
  },
  'provide-info': {
    on: 'Task',
    es: 'dar la información',
    en: 'provide the information',
    fields: [
      {
        name: 'answer',
        kinds: [],
        required: true,
        repeats: true,
        parts: [
          { name: 'item', kinds: SAID, required: true },
          { name: 'value', kinds: ['any'], required: true },
        ],
      },
    ],
  },
  'withdraw-info': {
    on: 'Task',
    es: 'retirar lo pedido',
    en: 'withdraw the question',
    fields: [{ name: 'reason', kinds: SAID, required: true }],
  },
  'no-response': {
    on: 'Task',
    es: 'rechazar por falta de respuesta',
    en: 'reject for lack of an answer',
    fields: [text('comment'), nextStep(false)],
  },
  accept: {
    on: 'Task',
    es: 'aceptar',
    en: 'accept',
    fields: [
      { name: 'priority', kinds: ['coded'], required: true, oneOf: ['routine', 'urgent', 'asap', 'stat'] },
      text('priorityReason', false),
      { name: 'modality', kinds: ['coded'], required: true, codes: ['modality'] },
      { name: 'service', kinds: ['Reference', 'coded'], required: true, targets: ['HealthcareService'] },
    ],
  },
  reject: {
    on: 'Task',
    es: 'rechazar',
    en: 'reject',
    fields: [reason('reject-reason'), text('comment'), nextStep(true)],
  },
  redirect: {
    on: 'Task',
    es: 'redirigir',
    en: 'redirect',
    fields: [
      reason('redirect-reason'),
      { name: 'performer', kinds: ['Reference'], required: true, targets: ['Organization', 'HealthcareService'] },
      text('comment', false),
    ],
  },
  respond: {
    on: 'Task',
    es: 'responder',
    en: 'answer',
    fields: [
      ...ANSWER,
      { name: 'oportuna', alias: 'adecuada', kinds: ['coded'], required: true, oneOf: YES_NO },
      { name: 'justificada', alias: 'pertinente', kinds: ['coded'], required: true, oneOf: YES_NO },
      {
        name: 'responsible',
        kinds: ['Reference'],
        targets: ['PractitionerRole', 'Practitioner', 'Organization'],
      },
      { name: 'onward', kinds: ['resource'], targets: ['ServiceRequest'] },
    ],
  },
  convert: {
    on: 'Task',
    es: 'convertir en referencia',
    en: 'convert into a referral',
    fields: [text('reason')],
  },
  resubmit: { on: 'Task', es: 'volver a enviar', en: 'send again', fields: [text('change')] },
  revoke: {
    on: 'ServiceRequest',
    es: 'anular',
    en: 'revoke',
    fields: [
      reason('exit-cause', 'cancel-reason'),
      { name: 'patientInformed', kinds: ['boolean'], required: true },
      text('comment', false),
    ],
  },
  book: { on: 'Task', es: 'dar cita', en: 'book', fields: BOOKING },
  'contact-attempt': {
    on: 'Task',
    es: 'anotar un intento de contacto',
    en: 'record a contact attempt',
    fields: [
      { name: 'medium', kinds: ['coded'], required: true, codes: ['contact-medium'] },
      { name: 'reached', kinds: ['boolean'], required: true },
      { name: 'reason', kinds: ['coded'], codes: ['not-reached-reason'] },
      text('note', false),
    ],
  },
  'pause-waiting': {
    on: 'Task',
    es: 'anotar que el paciente no puede venir por un tiempo',
    en: 'note that the patient cannot come for a time',
    fields: [
      { name: 'from', kinds: ['date'], required: true },
      { name: 'until', kinds: ['date'], required: true },
      reason('unavailable-reason'),
    ],
  },
  reschedule: {
    on: 'Task',
    es: 'cambiar la cita',
    en: 'reschedule',
    fields: [reason('cancel-reason'), ...BOOKING],
    patientFields: [reason('cancel-reason'), { name: 'slot', kinds: ['Reference'], required: true, targets: ['Slot'] }],
  },
  'cancel-appointment': {
    on: 'Task',
    es: 'cancelar la cita',
    en: 'cancel the appointment',
    fields: [reason('cancel-reason'), text('comment', false)],
  },
  'no-show': {
    on: 'Task',
    es: 'marcar que no se presentó',
    en: 'mark a no-show',
    fields: [reason('no-show-reason')],
  },
  'not-arrived': {
    on: 'Task',
    es: 'marcar que no llegó del traslado',
    en: 'mark that the transfer did not arrive',
    fields: [reason('no-show-reason'), text('comment', false)],
  },
  'leave-list': {
    on: 'Task',
    es: 'egresar de la lista',
    en: 'leave the list',
    fields: [
      reason('exit-cause'),
      { name: 'approver', kinds: ['Reference'], required: true, targets: ['PractitionerRole'] },
      text('comment', false),
    ],
  },
  arrive: {
    on: 'Task',
    es: 'registrar la llegada',
    en: 'register the arrival',
    fields: [{ name: 'encounter', kinds: ['Reference'], targets: ['Encounter'] }],
  },
  'start-care': {
    on: 'Task',
    es: 'iniciar la atención',
    en: 'start care',
    fields: [
      { name: 'practitioner', kinds: ['Reference'], required: true, targets: ['PractitionerRole', 'Practitioner'] },
      { name: 'start', kinds: ['dateTime', 'instant'], required: true },
    ],
  },
  interim: { on: 'Task', es: 'dar una respuesta parcial', en: 'give an interim answer', fields: ANSWER },
  acknowledge: { on: 'Task', es: 'acusar recibo de la respuesta', en: 'acknowledge the answer', fields: [] },
  close: {
    on: 'ServiceRequest',
    es: 'cerrar',
    en: 'close',
    fields: [
      { name: 'outcome', kinds: ['coded'], required: true, codes: ['follow-up-outcome'] },
      {
        name: 'item',
        kinds: [],
        repeats: true,
        parts: [text('text'), { name: 'done', kinds: ['boolean'], required: true }, text('reason', false)],
      },
    ],
  },
  'request-cancel': {
    on: 'Task',
    es: 'pedir la anulación',
    en: 'ask for cancellation',
    fields: [
      reason('exit-cause', 'cancel-reason'),
      { name: 'askedBy', kinds: ['coded'], oneOf: ['patient', 'clinician'] },
      text('comment', false),
    ],
  },
  'confirm-cancel': {
    on: 'Task',
    es: 'confirmar la anulación',
    en: 'confirm the cancellation',
    fields: [text('comment', false)],
  },
  'record-death': {
    on: 'ServiceRequest',
    es: 'registrar el fallecimiento',
    en: 'record the death',
    fields: [reason('exit-cause')],
  },
  void: { on: 'ServiceRequest', es: 'marcar como error', en: 'mark as an error', fields: [text('reason')] },
  amend: { on: 'Task', es: 'corregir la respuesta', en: 'amend the answer', fields: [text('reason'), ...ANSWER] },
} as const satisfies Record<string, MoveRow>;

export type MoveName = keyof typeof MOVES;

export const ALL_MOVES = Object.keys(MOVES) as readonly MoveName[];

/** An operation's row, with the optional columns readable. */
export const moveRow = (name: MoveName): MoveRow => MOVES[name];

/** What somebody must or may give for a move, by who it is. */
export function fieldsFor(name: MoveName, { role }: { readonly role: Role }): readonly FieldRow[] {
  const { fields, patientFields } = moveRow(name);
  return role === 'patient' ? (patientFields ?? fields) : fields;
}
