import { didMove, type Judgement, judge, named, onSide } from './client-checks.js';
import {
  answerTaken,
  appointmentRead,
  follows,
  informed,
  messageSent,
  messagesRead,
  sent,
  statusRead,
  twice,
} from './client-judgements.js';
import type { Observation } from './observation.js';
import type { Requirement } from './requirement.js';

export type ClientSide = 'origin' | 'destination';

/** A requirement on a client, judged by what it did. */
export interface ClientRequirement extends Requirement {
  /** Sides to which it applies. */
  readonly sides: readonly ClientSide[];
  readonly check: (seen: Observation) => Judgement;
}

const FLOW = 'docs/reference/referral-workflow.md';
const GUIDE = 'docs/guides/interoperabilidad.md';

/** What is asked of a partner's client. */
export const CLIENT_REQUIREMENTS: readonly ClientRequirement[] = [
  {
    id: 'L1-send',
    level: 'L1',
    sides: ['origin'],
    words: { es: 'Envía referencias', en: 'Sends referrals' },
    source: `${GUIDE} 2`,
    check: (seen) => judge(sent(seen), { es: 'no envió ninguna', en: 'it sent none' }, () => undefined),
  },
  {
    id: 'L1-once',
    level: 'L1',
    sides: ['origin'],
    words: {
      es: 'Repite un envío con el mismo número, no con otro',
      en: 'Sends again under the same number, not another',
    },
    source: `${GUIDE} 2`,
    check: (seen) =>
      judge(sent(seen), { es: 'no envió ninguna', en: 'it sent none' }, (one) => {
        const other = twice(one, sent(seen));
        return (
          other && {
            es: `${named(one)} y ${named(other)} son la misma`,
            en: `${named(one)} and ${named(other)} are the same`,
          }
        );
      }),
  },
  {
    id: 'L1-revoke',
    level: 'L1',
    sides: ['origin'],
    words: { es: 'Anula lo que ya no hace falta', en: 'Revokes what is no longer needed' },
    source: `${FLOW}; t12, t28`,
    check: (seen) =>
      judge(
        onSide(seen, 'requester').filter((one) => didMove(one, 'revoke')),
        { es: 'no anuló ninguna', en: 'it revoked none' },
        () => undefined,
      ),
  },
  {
    id: 'L1-receive',
    level: 'L1',
    sides: ['destination'],
    words: { es: 'Recibe lo que le envían', en: 'Receives what is sent to it' },
    source: `${FLOW}; t03`,
    check: follows(
      undefined,
      { es: 'no le enviaron ninguna', en: 'none was sent to it' },
      'receive',
      'reject',
      'arrive',
      'redirect',
    ),
  },
  {
    id: 'L1-allowed',
    level: 'L1',
    sides: ['origin', 'destination'],
    words: { es: 'No pide lo que no le toca', en: 'Does not ask for what is not its own' },
    source: 'docs/reference/access-policy.md',
    check: ({ requests }) =>
      judge(requests, { es: 'no hizo ninguna petición', en: 'it made no request' }, ({ refused, codes, about }) =>
        refused
          ? {
              es: `rechazada: ${codes.at(-1) ?? ''} ${about[0] ?? ''}`.trim(),
              en: `refused: ${codes.at(-1) ?? ''} ${about[0] ?? ''}`.trim(),
            }
          : undefined,
      ),
  },
  {
    id: 'L2-status',
    level: 'L2',
    sides: ['origin'],
    words: { es: 'Lee el estado cuando el otro lado actúa', en: 'Reads the state when the other side acts' },
    source: `${GUIDE} 2`,
    check: statusRead,
  },
  {
    id: 'L2-information',
    level: 'L2',
    sides: ['origin'],
    words: { es: 'Contesta todo lo que se le pide, a tiempo', en: 'Answers everything it is asked, in time' },
    source: `${FLOW}; t05`,
    check: informed,
  },
  {
    id: 'L2-decide',
    level: 'L2',
    sides: ['destination'],
    words: { es: 'Decide sobre lo que recibe', en: 'Decides on what it receives' },
    source: `${FLOW}; t04, t07, t08, t09`,
    check: follows(
      'receive',
      { es: 'no recibió ninguna', en: 'it received none' },
      'accept',
      'reject',
      'redirect',
      'request-info',
      'respond',
    ),
  },
  {
    id: 'L2-ask',
    level: 'L2',
    sides: ['destination'],
    words: { es: 'Pide la información que falta', en: 'Asks for the information that is missing' },
    source: `${FLOW}; t04`,
    check: (seen) =>
      judge(
        onSide(seen, 'owner').filter((one) => didMove(one, 'request-info')),
        { es: 'no pidió información', en: 'it asked for no information' },
        () => undefined,
      ),
  },
  {
    id: 'L3-appointment',
    level: 'L3',
    sides: ['origin'],
    words: { es: 'Lee la cita', en: 'Reads the appointment' },
    source: `${GUIDE} 2`,
    check: appointmentRead,
  },
  {
    id: 'L3-book',
    level: 'L3',
    sides: ['destination'],
    words: { es: 'Da cita a lo que acepta', en: 'Books what it accepts' },
    source: `${FLOW}; t13`,
    check: follows('accept', { es: 'no aceptó ninguna', en: 'it accepted none' }, 'book'),
  },
  {
    id: 'L3-message-send',
    level: 'L3',
    sides: ['origin', 'destination'],
    words: { es: 'Envía mensajes sobre una referencia', en: 'Sends messages about a referral' },
    source: 'FHIR R4 Communication',
    check: messageSent,
  },
  {
    id: 'L3-message-read',
    level: 'L3',
    sides: ['origin'],
    words: { es: 'Lee los mensajes que recibe', en: 'Reads the messages that it gets' },
    source: 'FHIR R4 Communication',
    check: messagesRead,
  },
  {
    id: 'L3-answer',
    level: 'L3',
    sides: ['origin'],
    words: { es: 'Lee la respuesta y acusa recibo', en: 'Reads the answer and acknowledges it' },
    source: `${FLOW}; t26`,
    check: answerTaken,
  },
  {
    id: 'L3-respond',
    level: 'L3',
    sides: ['destination'],
    words: { es: 'Responde lo que atiende', en: 'Answers what it attends' },
    source: `${FLOW}; t24`,
    check: follows('start-care', { es: 'no atendió ninguna', en: 'it attended none' }, 'respond'),
  },
];
