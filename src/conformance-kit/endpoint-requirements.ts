import { codeSystemUrl } from '../config/canonical.js';
import * as checks from './endpoint-checks.js';
import type { EndpointScene } from './endpoint-scene.js';
import type { Requirement } from './requirement.js';

/** A requirement with how the kit tries it; the check throws Unmet when it does not hold. */
export interface EndpointRequirement extends Requirement {
  readonly check: (scene: EndpointScene) => Promise<void>;
}

const OPERATION = codeSystemUrl('referral-operation');
const FLOW = 'docs/reference/referral-workflow.md';

/** What an endpoint must do, and how the kit tries it. */
export const ENDPOINT_REQUIREMENTS: readonly EndpointRequirement[] = [
  {
    id: 'L1-metadata',
    level: 'L1',
    words: {
      es: 'Dice en metadata que es FHIR 4.0.1 y que recibe referencias',
      en: 'Says in metadata that it is FHIR 4.0.1 and takes referrals',
    },
    source: 'FHIR R4, http.html 3.1.0.12',
    check: checks.capability,
  },
  {
    id: 'L1-send',
    level: 'L1',
    words: {
      es: 'Recibe un envío, le da número; repetirlo no lo duplica',
      en: 'Takes a referral and numbers it; sending again makes no second one',
    },
    source: 'docs/guides/interoperabilidad.md 2',
    check: checks.repeats,
  },
  {
    id: 'L1-incomplete',
    level: 'L1',
    words: {
      es: 'Rechaza un envío incompleto y dice qué falta',
      en: 'Refuses an incomplete referral and says what is missing',
    },
    source: 'LN23:2019 8.1; profile referencia',
    check: checks.incomplete,
  },
  {
    id: 'L1-revoke',
    level: 'L1',
    words: {
      es: 'Anula con motivo, y solo con la versión vigente',
      en: 'Revokes with a reason, and only with the current version',
    },
    source: `${FLOW}; ${OPERATION}#revoke`,
    check: checks.revokes,
  },
  {
    id: 'L2-status',
    level: 'L2',
    words: { es: 'El origen ve el estado y qué se puede hacer', en: 'The origin sees the state and what can be done' },
    source: `${FLOW}; $available-actions`,
    check: checks.status,
  },
  {
    id: 'L2-trail',
    level: 'L2',
    words: { es: 'Cada movimiento deja quién lo hizo', en: 'Every move leaves who made it' },
    source: 'FHIR R4 Provenance',
    check: checks.leavesTrail,
  },
  {
    id: 'L2-information',
    level: 'L2',
    words: { es: 'Pide información al origen y la recibe', en: 'Asks the origin for information and takes it' },
    source: `${FLOW}; t04, t05`,
    check: checks.asksAndTells,
  },
  {
    id: 'L2-accept',
    level: 'L2',
    words: { es: 'Acepta con prioridad, modalidad y servicio', en: 'Accepts with priority, modality and service' },
    source: `${FLOW}; t07`,
    check: checks.accepts,
  },
  {
    id: 'L2-reject',
    level: 'L2',
    words: { es: 'No rechaza sin un paso siguiente', en: 'Does not reject without a next step' },
    source: `${FLOW}; t08`,
    check: checks.rejects,
  },
  {
    id: 'L2-rules',
    level: 'L2',
    words: {
      es: 'Rechaza a quien no le toca (403) y lo que no toca (422)',
      en: 'Refuses the wrong party (403) and the wrong state (422)',
    },
    source: FLOW,
    check: checks.refuses,
  },
  {
    id: 'L3-appointment',
    level: 'L3',
    words: { es: 'Da cita y el origen la lee', en: 'Books, and the origin reads the appointment' },
    source: `${FLOW}; t13`,
    check: checks.books,
  },
  {
    id: 'L3-plain-appointment',
    level: 'L3',
    words: { es: 'Un Appointment simple da la cita', en: 'A plain Appointment books' },
    source: 'docs/adr/0017-plain-writes-that-mean-a-move.md',
    check: checks.booksPlainly,
  },
  {
    id: 'L3-messages',
    level: 'L3',
    words: { es: 'Lleva mensajes entre los dos lados', en: 'Carries messages between the two sides' },
    source: 'FHIR R4 Communication',
    check: checks.carriesMessages,
  },
  {
    id: 'L3-answer',
    level: 'L3',
    words: {
      es: 'La respuesta llega como documento, se acusa y se cierra',
      en: 'The answer comes as a document, is acknowledged and closed',
    },
    source: `${FLOW}; t24, t26, t27`,
    check: checks.answers,
  },
];
