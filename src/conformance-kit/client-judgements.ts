import type { Task } from '@medplum/fhirtypes';
import { codeSystemUrl } from '../config/canonical.js';
import { lastOutput } from '../referral/task-io.js';
import { didMove, type Judgement, judge, looked, named, onSide, timeOf, wrote } from './client-checks.js';
import type { Observation, SeenReferral } from './observation.js';

const ITEMS = codeSystemUrl('information-item');
const itemCodes = (rows: Task['input'] | Task['output'], ofType: boolean): string[] =>
  (rows ?? []).flatMap(({ type, valueCodeableConcept }) =>
    ((ofType ? type : valueCodeableConcept)?.coding ?? []).flatMap(({ system, code }) =>
      system === ITEMS && code !== undefined ? [code] : [],
    ),
  );

/** Items of a question that were not answered. */
function unanswered(question: Task): string[] {
  const told = new Set(itemCodes(question.output, true));
  return itemCodes(question.input, false).filter((code) => !told.has(code));
}

const isDue = ({ status, restriction }: Task): boolean =>
  status === 'completed' || Date.parse(restriction?.period?.end ?? '') < Date.now();

export const sent = (seen: Observation): readonly SeenReferral[] =>
  onSide(seen, 'requester').filter((one) => didMove(one, 'submit'));

/** The same person sent twice to the same service of one facility, under two numbers, both still going. */
export function twice(one: SeenReferral, all: readonly SeenReferral[]): SeenReferral | undefined {
  const key = ({ order }: SeenReferral): string =>
    JSON.stringify([order.subject.reference, order.performerType?.coding?.[0]?.code, order.performer?.[0]?.reference]);
  const open = all.filter(({ order }) => order.status === 'active');
  return open.includes(one) ? open.find((other) => other !== one && key(other) === key(one)) : undefined;
}

const answersIn = ({ order, legs }: SeenReferral): string[] => [
  `ServiceRequest/${order.id}`,
  ...legs.map(({ id }) => `Task/${id}`),
];

export const statusRead = (seen: Observation): Judgement =>
  judge(
    onSide(seen, 'requester').filter((one) => timeOf(one, false) !== undefined),
    { es: 'el otro lado no movió ninguna', en: 'the other side moved none' },
    (one) =>
      looked(seen, timeOf(one, false) ?? '', answersIn(one))
        ? undefined
        : { es: `no se leyó el estado de ${named(one)}`, en: `the state of ${named(one)} was not read` },
  );

export const informed = (seen: Observation): Judgement =>
  judge(
    onSide(seen, 'requester').flatMap((one) => one.questions.filter(isDue).map((question) => ({ one, question }))),
    { es: 'nadie le pidió información', en: 'nobody asked it for information' },
    ({ one, question }) => {
      const missing = unanswered(question);
      if (question.status === 'completed' && missing.length === 0) return undefined;
      const what = missing.join(', ');
      return { es: `${named(one)}: sin contestar ${what}`, en: `${named(one)}: not answered: ${what}` };
    },
  );

export const appointmentRead = (seen: Observation): Judgement =>
  judge(
    onSide(seen, 'requester').filter((one) => timeOf(one, false, 'book', 'reschedule') !== undefined),
    { es: 'ninguna tiene cita', en: 'none has an appointment' },
    (one) => {
      const found = one.legs.flatMap((leg) => lastOutput(leg, 'appointment') ?? []);
      return looked(seen, timeOf(one, false, 'book', 'reschedule') ?? '', found)
        ? undefined
        : { es: `no se leyó la cita de ${named(one)}`, en: `the appointment of ${named(one)} was not read` };
    },
  );

export const answerTaken = (seen: Observation): Judgement =>
  judge(
    onSide(seen, 'requester').filter((one) => timeOf(one, false, 'respond') !== undefined),
    { es: 'ninguna tiene respuesta', en: 'none has an answer' },
    (one) => {
      const found = one.legs.flatMap((leg) => lastOutput(leg, 'respuesta') ?? []);
      if (!looked(seen, timeOf(one, false, 'respond') ?? '', found))
        return { es: `no se leyó la respuesta de ${named(one)}`, en: `the answer of ${named(one)} was not read` };
      if (didMove(one, 'acknowledge')) return undefined;
      return {
        es: `sin acuse de la respuesta de ${named(one)}`,
        en: `the answer of ${named(one)} was not acknowledged`,
      };
    },
  );

const messagesOf = (seen: Observation) =>
  seen.referrals.flatMap((one) => one.messages.map((message) => ({ one, message })));

export const messageSent = (seen: Observation): Judgement =>
  judge(
    messagesOf(seen).filter(({ message }) => wrote(seen, `Communication/${message.id}`)),
    { es: 'no envió ningún mensaje', en: 'it sent no message' },
    () => undefined,
  );

export const messagesRead = (seen: Observation): Judgement =>
  judge(
    messagesOf(seen).filter(({ message }) => !wrote(seen, `Communication/${message.id}`)),
    { es: 'no recibió ningún mensaje', en: 'it got no message' },
    ({ one, message }) =>
      looked(seen, message.sent ?? message.meta?.lastUpdated ?? '', [`Communication/${message.id}`])
        ? undefined
        : { es: `no se leyó un mensaje de ${named(one)}`, en: `a message of ${named(one)} was not read` },
  );

/** At the destination: after one move (or the sending) one of others must follow. */
export const follows =
  (after: string | undefined, nothing: { es: string; en: string }, ...next: readonly string[]) =>
  (seen: Observation): Judgement =>
    judge(
      onSide(seen, 'owner').filter((one) => after === undefined || didMove(one, after)),
      nothing,
      (one) =>
        didMove(one, ...next)
          ? undefined
          : {
              es: `${named(one)}: falta ${next.map((name) => `$${name}`).join(' / ')}`,
              en: `${named(one)}: no ${next.map((name) => `$${name}`).join(' / ')}`,
            },
    );
