import type { ReferralState } from '../../referral/states.js';
import type { WorklistName } from '../../referral/worklists.js';
import type { Words } from '../../words.js';

/** What each list holds and what is done with it, for somebody who opens it for the first time. */
export const LIST_GUIDE = {
  new: {
    es: 'Acaban de llegar a su establecimiento. Abra cada una y márquela como recibida.',
    en: 'They have just reached your facility. Open each one and mark it as received.',
  },
  'in-transit': {
    es: 'Emergencias que vienen en camino. Prepare la recepción y marque cuando lleguen.',
    en: 'Emergencies on their way. Prepare for them and mark their arrival.',
  },
  triage: {
    es: 'Esperan que triaje decida: aceptar, pedir lo que falta, enviar a otro lugar o no aceptar.',
    en: 'They wait for triage to decide: accept, ask for what is missing, send elsewhere, or not accept.',
  },
  'no-reply': {
    es: 'Triaje pidió algo y el plazo del origen ya pasó. El servicio propone rechazar por falta de respuesta; usted decide.',
    en: 'Triage asked for something and the term of the origin has passed. The service proposes to reject; you decide.',
  },
  'to-book': {
    es: 'Aceptadas, o con una cita que no se cumplió, en el orden en que les toca. Llame a la persona y dele una cita.',
    en: 'Accepted, or with a missed appointment, in the order of their turn. Call the person and give an appointment.',
  },
  scheduled: { es: 'Personas que tienen cita.', en: 'People who have an appointment.' },
  today: {
    es: 'Personas con cita hoy. Marque si llegaron o si no llegaron.',
    en: 'People with an appointment today. Mark whether they arrived.',
  },
  present: {
    es: 'Están en su establecimiento y esperan que alguien les atienda.',
    en: 'They are at your facility and wait to be seen.',
  },
  'to-answer': {
    es: 'Ya se atienden aquí. Al terminar, escriba la respuesta para quien envió.',
    en: 'They are in care here. When it ends, write the answer to who sent them.',
  },
  'to-cancel': {
    es: 'El origen pide anularlas. Confirme si no hubo atención.',
    en: 'The origin asks to cancel them. Confirm if no care was given.',
  },
  overdue: {
    es: 'Pasaron del plazo y le tocan a su establecimiento. Empiece por la primera.',
    en: 'Past their term and your turn. Start with the first.',
  },
  moved: {
    es: 'Citas las movió a mano en la lista de espera. Abra cada una para ver quién la movió y por qué.',
    en: 'Moved by hand in the waiting list. Open each one to see who moved it and why.',
  },
  returned: {
    es: 'El hospital pide algo que falta. Ábralas y complételas.',
    en: 'The hospital asks for something that is missing. Open and complete them.',
  },
  rejected: {
    es: 'No fueron aceptadas. Lea por qué y decida: corregir, enviar a otro lugar o anular.',
    en: 'They were not accepted. Read why and decide: correct, send elsewhere or cancel.',
  },
  'to-acknowledge': {
    es: 'El hospital respondió. Léalas y marque que las leyó.',
    en: 'The hospital has answered. Read them and mark them as read.',
  },
  'follow-up': {
    es: 'Personas que volvieron. Haga lo que pide la respuesta y cierre la referencia.',
    en: 'People who came back. Do what the answer asks and close the referral.',
  },
  'overdue-origin': {
    es: 'Pasaron del plazo y le tocan a su establecimiento. Empiece por la primera.',
    en: 'Past their term and your turn. Start with the first.',
  },
  unanswered: {
    es: 'Su establecimiento las envió y el hospital pasó del plazo. Ábralas para ver a quién llamar.',
    en: 'Your facility sent them and the hospital is past its term. Open them to see whom to call.',
  },
  'not-returned': {
    es: 'Ya fueron atendidas o no llegaron a su cita, y no han vuelto con la respuesta. Pregunte por ellas.',
    en: 'They were attended or missed their appointment, and have not come back with the answer. Ask after them.',
  },
  'to-complete': {
    es: 'Llegaron al hospital en emergencia, enviadas de palabra por su establecimiento. Escriba lo que sabe de cada persona.',
    en: 'They reached the hospital in an emergency, sent by word of your facility. Write what you know of each person.',
  },
  'transfer-overdue': {
    es: 'Salieron en traslado y no consta que llegaran. Averigüe hoy dónde están y llame al hospital.',
    en: 'They left in a transfer and there is no record of their arrival. Find out today where they are and call the hospital.',
  },
  'home-visit': {
    es: 'No llegaron a su cita ni de su traslado, o pasó el plazo de la respuesta. Imprima la lista y visítelas en su casa.',
    en: 'They missed their appointment, did not arrive from their transfer, or the term of the answer has passed. Print the list and visit them at home.',
  },
  notices: {
    es: 'Lo que su establecimiento debe saber y atender. Abra cada uno y anote qué hizo o qué encontró.',
    en: 'What your facility must know and see to. Open each one and note what you did or found.',
  },
  drafts: {
    es: 'Referencias escritas que no han salido: nadie las ha recibido. Ábralas y envíelas, o anúlelas.',
    en: 'Referrals that were written and not sent: nobody has received them. Open and send them, or void them.',
  },
  'sent-open': {
    es: 'Todo lo que su establecimiento envió y no ha terminado.',
    en: 'Everything your facility sent that has not ended.',
  },
  escalated: {
    es: 'Pasaron su plazo y el servicio avisó a su unidad. Averigüe qué las detiene y quién puede moverlas.',
    en: 'They passed their term and your unit was told. Find out what holds them and who can move them.',
  },
} as const satisfies Record<WorklistName, Words>;

/** What comes next in each open state, in words; who may do it says the table of states. */
export const NEXT_STEPS: Readonly<Partial<Record<ReferralState, Words>>> = {
  sent: { es: 'Recibirla', en: 'Receive it' },
  'in-triage': { es: 'Evaluarla y decidir', en: 'Assess it and decide' },
  'info-requested': { es: 'Completar lo que falta', en: 'Complete what is missing' },
  'accepted-waiting': { es: 'Dar una cita', en: 'Give an appointment' },
  scheduled: { es: 'Marcar si llegó', en: 'Mark whether the person came' },
  'in-transit': { es: 'Marcar cuando llegue', en: 'Mark the arrival' },
  'no-show': { es: 'Llamar y dar otra cita', en: 'Call and give another appointment' },
  'appointment-cancelled': { es: 'Dar otra cita', en: 'Give another appointment' },
  arrived: { es: 'Comenzar la atención', en: 'Start care' },
  'in-care': { es: 'Escribir la respuesta', en: 'Write the answer' },
  'interim-answer': { es: 'Escribir la respuesta final', en: 'Write the final answer' },
  answered: { es: 'Leer la respuesta', en: 'Read the answer' },
  rejected: { es: 'Leer por qué y decidir', en: 'Read why and decide' },
  'cancel-requested': { es: 'Decidir sobre la anulación', en: 'Decide on the cancellation' },
  'follow-up': { es: 'Dar seguimiento y cerrar', en: 'Follow up and close' },
};
