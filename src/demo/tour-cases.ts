import { EDGES, type Edge } from '../referral/edges.js';
import type { DemoCase, DemoPerson, DemoStep } from './demo-data.js';
import { after, type Standing, type Walk, walksThrough } from './edge-walks.js';
import { planCase } from './plan-case.js';

/** Somebody who exists only to show every transition of the table. */
export const TOUR_PERSON: DemoPerson = {
  key: 'recorrido',
  at: 'uaps1',
  identity: 'dni',
  dni: '0101197500999',
  given: ['Tomás', 'Alberto'],
  surnames: ['Recorrido', 'Muestra'],
  sex: 'male',
  born: '1975-01-15',
  municipality: '0101',
};

const HOSPITALS = ['hosp1', 'hosp2'] as const;
const other = (alias: string): string => (alias === HOSPITALS[0] ? HOSPITALS[1] : HOSPITALS[0]);

/** Long enough for the request, short enough for whoever watches. */
const SHORT_TERM_SECONDS = 2;

const answer = (disposition: string) => ({
  disposition,
  summary: 'Sin datos de isquemia; continúa con su tratamiento.',
  medications: ['Enalapril 10 mg cada día'],
  plan: 'Control de presión en un mes.',
  message: 'Tome su medicina cada día y vaya a su control.',
});
const SAID: Readonly<Record<string, string>> = { advice: 'advice', onward: 'onward', died: 'died' };

interface Place {
  readonly at: Standing;
  readonly edge: Edge;
  /** What comes after it. */
  readonly next?: Edge | undefined;
  /** Alias. */
  readonly destination: string;
}

type Script = Readonly<Record<DemoStep['move'], (place: Place) => DemoStep>>;

/** Whoever is to miss the visit has it now: it cannot be missed before it begins. */
const dayBefore = (next: Edge | undefined): number => (next?.move === 'no-show' ? 0 : 10);

/** What the people of the two facilities decide in each move of the tour. */
const SCRIPT: Script = {
  receive: () => ({ move: 'receive' }),
  arrive: () => ({ move: 'arrive' }),
  'start-care': () => ({ move: 'start-care' }),
  acknowledge: () => ({ move: 'acknowledge' }),
  'request-info': () => ({
    move: 'request-info',
    reason: 'Falta el electrocardiograma.',
    items: ['ecg'],
    dueDays: 1,
    dueSeconds: SHORT_TERM_SECONDS,
  }),
  'provide-info': () => ({ move: 'provide-info', answers: [{ item: 'ecg', value: 'Ritmo sinusal.' }] }),
  'withdraw-info': () => ({ move: 'withdraw-info', reason: 'El electrocardiograma ya estaba en el expediente.' }),
  'pause-waiting': () => ({ move: 'pause-waiting', reason: 'travel', days: 7 }),
  accept: () => ({ move: 'accept', modality: 'in-person' }),
  reject: () => ({
    move: 'reject',
    reason: 'prerequisites-pending',
    comment: 'Primero el perfil de lípidos.',
    advice: 'Enviar de nuevo con los resultados.',
  }),
  resubmit: () => ({ move: 'resubmit', change: 'Se agregan los resultados.' }),
  revoke: () => ({ move: 'revoke', reason: 'improved', informed: true, comment: 'Ya no la necesita.' }),
  redirect: ({ destination }) => ({
    move: 'redirect',
    to: other(destination),
    reason: 'capacity',
    comment: 'No hay cupo.',
  }),
  book: ({ next }) => ({ move: 'book', inDays: dayBefore(next) }),
  reschedule: ({ next }) => ({ move: 'reschedule', reason: 'provider-schedule', inDays: dayBefore(next) }),
  'cancel-appointment': () => ({ move: 'cancel-appointment', reason: 'provider-absent', comment: 'Médico enfermo.' }),
  'no-show': () => ({ move: 'no-show', reason: 'unknown' }),
  'not-arrived': () => ({ move: 'not-arrived', reason: 'unknown', comment: 'La ambulancia no contesta.' }),
  'contact-attempt': () => ({ move: 'contact-attempt', medium: 'phone', reached: true }),
  respond: ({ edge }) => ({
    move: 'respond',
    oportuna: 'yes',
    justificada: 'yes',
    ...answer(SAID[edge.when ?? ''] ?? 'discharge'),
  }),
  interim: () => ({ move: 'interim', ...answer('control') }),
  amend: ({ at }) => ({
    move: 'amend',
    reason: 'La dosis estaba mal escrita.',
    ...answer(at.care ? 'discharge' : 'advice'),
  }),
  'no-response': () => ({ move: 'no-response', comment: 'No llegó el electrocardiograma.' }),
  convert: () => ({ move: 'convert', reason: 'Hay que examinarlo.' }),
  'leave-list': () => ({ move: 'leave-list', reason: 'improved', comment: 'Avisó que ya no la necesita.' }),
  'request-cancel': () => ({ move: 'request-cancel', reason: 'improved', askedBy: 'patient' }),
  'confirm-cancel': () => ({ move: 'confirm-cancel' }),
  'record-death': () => ({ move: 'record-death' }),
  void: () => ({ move: 'void', reason: 'Era de otra persona.' }),
  close: () => ({
    move: 'close',
    outcome: 'controlled',
    items: [{ text: 'Control de presión en un mes.', done: true }],
  }),
};

const isScripted = (move: string): move is DemoStep['move'] => Object.hasOwn(SCRIPT, move);

function caseOf({ start, edges }: Walk, index: number): DemoCase {
  const steps: DemoStep[] = [];
  let at = start;
  let destination: string = HOSPITALS[0];
  for (const [place, edge] of edges.entries()) {
    if (isScripted(edge.move)) {
      const step = SCRIPT[edge.move]({ at, edge, next: edges[place + 1], destination });
      steps.push(step);
      if (step.move === 'redirect') destination = step.to;
    }
    at = after(edge, at);
  }
  return {
    key: `R${String(index + 1).padStart(2, '0')}`,
    patient: TOUR_PERSON.key,
    from: TOUR_PERSON.at,
    to: HOSPITALS[0],
    specialty: 'cardiologia',
    ...(start.advice ? { advice: true } : {}),
    motive: 'tratamiento',
    care: start.stat ? 'emergencia' : 'consulta-externa',
    priority: start.stat ? 'stat' : 'routine',
    ...(start.stat ? { urgency: 'Dolor de pecho en reposo.', arrivesInSeconds: SHORT_TERM_SECONDS } : {}),
    diagnosis: 'I20.9',
    risk: 'con-riesgo',
    question: '¿Necesita prueba de esfuerzo?',
    summary: 'Hipertenso con dolor opresivo al caminar.',
    vitals: { systolic: 150, diastolic: 90, pulse: 80 },
    tests: {},
    steps,
    ends: at.state,
  };
}

/**
 * Cases that follow every transition that the scripted ones leave out, so that all of the table is played: made of the
 * table itself. What begins with a plain create (a draft, a referral that replaces another) is played by `playDrafts`.
 */
export function tourCases(scripted: readonly DemoCase[]): readonly DemoCase[] {
  const played = new Set(
    scripted.map(planCase).flatMap(({ edge, steps }) => [edge, ...steps.map((planned) => planned.edge)]),
  );
  const open = EDGES.filter(
    (edge) => !played.has(edge) && edge.move !== 'create' && edge.from !== undefined && edge.from !== 'draft',
  );
  const sendings = EDGES.filter((edge) => edge.move === 'submit' && !played.has(edge));
  return walksThrough([...sendings, ...open]).map(caseOf);
}
