import type { CodeableConcept, Extension, ServiceRequest, Task } from '@medplum/fhirtypes';
import { codeSystemUrl, extensionUrl } from '../../config/canonical.js';
import { SHIPPED_DEADLINES } from '../../referral/deadlines/shipped-edition.js';
import { newLeg } from '../../referral/legs.js';
import { setState } from '../../referral/set-state.js';
import type { ReferralState } from '../../referral/states.js';
import { withOutput } from '../../referral/task-io.js';
import { withAppointmentStart } from '../../referral/work-scalars.js';
import { PROFILES } from '../../referral/vocabulary.js';
import { facilityId } from '../catalogue-ids.js';
import type { Facility } from '../catalogue-schema.js';
import type { Random } from '../random.js';
import type { Chart } from './chart.js';
import type { PersonFacts } from './person-facts.js';
import { type Answer, addAnswer } from './referral-answer.js';
import type { ReferralCase } from './referral-order.js';
import type { Step } from './referral-plan.js';
import { addFollowUpTask, addInformationTask } from './referral-side-tasks.js';
import { addAppointment, addDestinationVisit } from './referral-visit.js';

/** One leg about to be written: the steps at one destination. */
export interface LegCase {
  readonly referral: ReferralCase;
  readonly order: ServiceRequest & { id: string };
  readonly destination: Facility;
  readonly steps: readonly [Step, ...Step[]];
  /** Number of the leg, from 1. */
  readonly number: number;
  readonly previous?: Task & { id: string };
}

/** A leg on its way: what the steps so far have left behind. */
interface Progress extends LegCase {
  readonly chart: Chart;
  readonly random: Random;
  readonly person: PersonFacts;
  /** Label of the leg in the chart. */
  readonly label: string;
  appointment?: ReturnType<typeof addAppointment>;
  answer?: Answer;
}

const concept = (system: string, code: string, text: string): CodeableConcept => ({
  coding: [{ system: codeSystemUrl(system), code }],
  text,
});

/** Reasons of the states that must say why; exits have the referral's own. */
const REASONS: Partial<Record<ReferralState, CodeableConcept>> = {
  'info-requested': concept('information-item', 'laboratory', 'Falta el resultado de laboratorio reciente.'),
  rejected: concept('reject-reason', 'criteria-not-met', 'No cumple los criterios; puede tratarse en el primer nivel.'),
  redirected: concept('redirect-reason', 'capacity', 'No hay cupo en los próximos meses.'),
};

/** Shares of the receiver's judgements, in percent. */
const JUDGEMENTS = {
  oportuna: { yes: 70, no: 18, unclassified: 12 },
  justificada: { yes: 78, no: 12, unclassified: 10 },
} as const;

/** The receiver's judgement (LN23:2019 annex 2), made when the answer is given. */
const judgement = (random: Random, time: number): Extension[] => [
  ...Object.entries(JUDGEMENTS).map(([name, shares]) => ({
    url: extensionUrl(name),
    valueCode: random.weighted(Object.keys(shares) as (keyof typeof shares)[], (code) => shares[code]),
  })),
  { url: extensionUrl('judged-at'), valueDateTime: new Date(time).toISOString() },
];

const stepAt = ({ steps }: LegCase, state: ReferralState): Step | undefined =>
  steps.find((step) => step.state === state);

type Effect = (leg: Progress, task: Task, step: Step, next: Step | undefined) => Task;

/** What reaching a state brings with it, besides the state itself. */
const EFFECTS: Partial<Record<ReferralState, Effect>> = {
  'info-requested': (leg, task, step, next) => {
    const { chart, label, person } = leg;
    addInformationTask(chart, {
      leg: label,
      task,
      origin: person.facility,
      opened: step,
      ...(next ? { done: next } : {}),
    });
    return task;
  },
  rejected: (_leg, task) =>
    withOutput(task, 'next-step', {
      valueString: 'Continuar el tratamiento en el primer nivel y referir si no mejora en un mes.',
    }),
  scheduled: (leg, task, step, next) => {
    const { chart, random, order, destination, label, steps } = leg;
    const last = next?.state === steps.at(-1)?.state;
    const place = { label: `${label}|${step.time}`, booked: step, last, ...(next ? { next } : {}) };
    leg.appointment = addAppointment(chart, random, order, destination, place);
    const reference = { valueReference: { reference: `Appointment/${leg.appointment.id}` } };
    return withAppointmentStart(withOutput(task, 'appointment', reference), leg.appointment.start);
  },
  arrived: (leg, task, step) => {
    const { chart, order, destination, label, referral, appointment } = leg;
    const [care, answered] = [stepAt(leg, 'in-care'), stepAt(leg, 'answered')];
    const encounter = addDestinationVisit(chart, order, destination, {
      label,
      arrived: step,
      emergency: referral.plan.emergency,
      ...(care ? { care } : {}),
      ...(answered ? { answered } : {}),
      ...(appointment ? { appointment } : {}),
    });
    const begun = { ...task, executionPeriod: { start: new Date(step.time).toISOString() } };
    return withOutput(begun, 'encounter', { valueReference: { reference: `Encounter/${encounter.id}` } });
  },
  answered: (leg, task, step) => {
    const { chart, random, referral, order, destination, label } = leg;
    const encounter = chart.reference('Encounter', label);
    leg.answer = addAnswer(chart, random, referral, order, { time: step.time, facility: destination, encounter });
    const ended = { ...task.executionPeriod, end: new Date(step.time).toISOString() };
    return withOutput({ ...task, extension: judgement(random, step.time), executionPeriod: ended }, 'respuesta', {
      valueReference: { reference: `Composition/${leg.answer.composition.id}` },
    });
  },
  'follow-up': (leg, task, step, next) => {
    const { chart, label, person, answer } = leg;
    const place = { leg: label, task, origin: person.facility, opened: step, ...(next ? { done: next } : {}) };
    if (answer) addFollowUpTask(chart, place, answer);
    return task;
  },
};

function take(leg: Progress, task: Task, step: Step, next: Step | undefined): Task {
  const changed = EFFECTS[step.state]?.(leg, task, step, next) ?? task;
  const exit = concept('exit-cause', leg.referral.exit, 'El origen o el paciente ya no la necesita.');
  const due = step.state === 'scheduled' ? leg.appointment?.end : undefined;
  return setState(changed, {
    state: step.state,
    now: new Date(step.time),
    deadlines: SHIPPED_DEADLINES,
    reason: REASONS[step.state] ?? exit,
    ...(due === undefined ? {} : { due }),
  });
}

/**
 * Writes one leg: its Task in the last state, and what the steps brought with them
 * (appointments, visit, answer, side Tasks).
 */
export function addLeg(chart: Chart, random: Random, person: PersonFacts, leg: LegCase): Task & { id: string } {
  const { referral, order, destination, steps, number, previous } = leg;
  const [first, ...later] = steps;
  const label = `leg|${referral.number}|${number}`;
  const progress: Progress = { ...leg, chart, random, person, label };
  const started = newLeg({
    referral: order,
    origin: facilityId(person.facility.rups),
    destination: facilityId(destination.rups),
    state: first.state,
    now: new Date(first.time),
    deadlines: SHIPPED_DEADLINES,
    ...(previous ? { previous } : {}),
  });
  const task = later.reduce((before, step, index) => take(progress, before, step, later[index + 1]), started);
  const { resourceType, id: _id, meta: _meta, ...rest } = task;
  const { time } = steps.at(-1) ?? first;
  return chart.add<Task>({ resourceType, ...rest }, { label, time, custodian: person.facility, profile: PROFILES.leg });
}
