import type { CodeableConcept, ServiceRequest, Task } from '@medplum/fhirtypes';
import { codeSystemUrl, extensionUrl } from '../../config/canonical.js';
import { newLeg } from '../../referral/legs.js';
import { setState } from '../../referral/set-state.js';
import type { ReferralState } from '../../referral/states.js';
import { withOutput } from '../../referral/task-io.js';
import { ioType, PROFILES, TASK_CODES } from '../../referral/vocabulary.js';
import { facilityId } from '../catalogue-ids.js';
import type { Facility } from '../catalogue-schema.js';
import type { Random } from '../random.js';
import { DAY } from './calendar.js';
import type { Chart } from './chart.js';
import type { PersonFacts } from './person-facts.js';
import { type Answer, addAnswer } from './referral-answer.js';
import type { ReferralCase } from './referral-order.js';
import type { Step } from './referral-plan.js';
import { addAppointment, addDestinationVisit } from './referral-visit.js';

/** One leg about to be written: the steps at one destination. */
export interface LegCase {
  readonly referral: ReferralCase;
  readonly order: ServiceRequest & { id: string };
  readonly destination: Facility;
  readonly steps: readonly Step[];
  /** Number of the leg, from 1. */
  readonly number: number;
  readonly previous?: Task & { id: string };
}

const concept = (system: string, code: string, text: string): CodeableConcept => ({
  coding: [{ system: codeSystemUrl(system), code }],
  text,
});

/** Reasons of the states that must say why. */
const REASONS: Partial<Record<ReferralState, CodeableConcept>> = {
  'info-requested': concept('information-item', 'laboratory', 'Falta el resultado de laboratorio reciente.'),
  rejected: concept('reject-reason', 'criteria-not-met', 'No cumple los criterios; puede tratarse en el primer nivel.'),
  redirected: concept('redirect-reason', 'capacity', 'No hay cupo en los próximos meses.'),
};

const exitReason = (code: string): CodeableConcept =>
  concept('exit-cause', code, 'El origen o el paciente ya no la necesita.');

/** The receiver's judgement (LN23:2019 annex 2), made when the answer is given. */
function judged(random: Random, task: Task, time: number): Task {
  return {
    ...task,
    extension: [
      {
        url: extensionUrl('oportuna'),
        valueCode: random.weighted(
          ['yes', 'no', 'unclassified'],
          (code) => ({ yes: 70, no: 18, unclassified: 12 })[code] ?? 0,
        ),
      },
      {
        url: extensionUrl('justificada'),
        valueCode: random.weighted(
          ['yes', 'no', 'unclassified'],
          (code) => ({ yes: 78, no: 12, unclassified: 10 })[code] ?? 0,
        ),
      },
      { url: extensionUrl('judged-at'), valueDateTime: new Date(time).toISOString() },
    ],
  };
}

/** Side Task of the origin: what the destination asked for. */
function addInformationTask(
  chart: Chart,
  person: PersonFacts,
  leg: LegCase,
  task: Task,
  step: Step,
  answered?: Step,
): void {
  const sent = new Date(step.time).toISOString();
  const item = {
    type: ioType('requested-item'),
    valueCodeableConcept: concept('information-item', 'laboratory', 'Resultado de laboratorio'),
  };
  chart.add<Task>(
    {
      resourceType: 'Task',
      basedOn: task.basedOn,
      groupIdentifier: task.groupIdentifier,
      partOf: [chart.reference('Task', legLabel(leg))],
      status: answered ? 'completed' : 'requested',
      intent: 'order',
      priority: task.priority,
      code: TASK_CODES['provide-information'],
      focus: task.focus,
      for: task.for,
      authoredOn: sent,
      lastModified: new Date((answered ?? step).time).toISOString(),
      requester: task.owner as Task['requester'],
      owner: task.requester as Task['owner'],
      restriction: { period: { start: sent, end: new Date(step.time + 14 * DAY).toISOString() } },
      input: [item],
      ...(answered
        ? { output: [{ type: ioType('provided-item'), valueString: 'Hemoglobina y creatinina en rango normal.' }] }
        : {}),
    },
    {
      label: `${legLabel(leg)}|information`,
      time: step.time,
      custodian: person.facility,
      profile: PROFILES.information,
    },
  );
}

/** Side Task of the origin: the plan of the answer. */
function addFollowUpTask(
  chart: Chart,
  person: PersonFacts,
  leg: LegCase,
  task: Task,
  answer: Answer,
  step: Step,
  closed?: Step,
): void {
  chart.add<Task>(
    {
      resourceType: 'Task',
      basedOn: task.basedOn,
      groupIdentifier: task.groupIdentifier,
      partOf: [chart.reference('Task', legLabel(leg))],
      status: closed ? 'completed' : 'ready',
      intent: 'order',
      priority: task.priority,
      code: TASK_CODES['follow-up'],
      focus: { reference: `Composition/${answer.composition.id}` },
      for: task.for,
      authoredOn: new Date(step.time).toISOString(),
      lastModified: new Date((closed ?? step).time).toISOString(),
      requester: task.owner as Task['requester'],
      owner: task.requester as Task['owner'],
      restriction: setState(task, { state: 'follow-up', now: new Date(step.time) }).restriction,
      input: [{ type: ioType('plan-item'), valueString: answer.plan }],
      ...(closed
        ? {
            output: [
              {
                type: ioType('outcome'),
                valueCodeableConcept: { coding: [{ system: codeSystemUrl('follow-up-outcome'), code: 'controlled' }] },
              },
            ],
          }
        : {}),
    },
    { label: `${legLabel(leg)}|follow-up`, time: step.time, custodian: person.facility, profile: PROFILES.followUp },
  );
}

const legLabel = ({ referral, number }: LegCase): string => `leg|${referral.number}|${number}`;

/** Writes one leg: its Task in the last state, and what the steps brought with them (appointments, visit, answer, side Tasks). */
export function addLeg(chart: Chart, random: Random, person: PersonFacts, leg: LegCase): Task & { id: string } {
  const { referral, order, destination, steps, previous } = leg;
  const [first, ...later] = steps;
  if (!first) throw new RangeError('a leg has at least one step');
  const at = (state: ReferralState): Step | undefined => steps.find((step) => step.state === state);
  const label = legLabel(leg);
  let task = newLeg({
    referral: order,
    origin: facilityId(person.facility.rups),
    destination: facilityId(destination.rups),
    state: first.state,
    now: new Date(first.time),
    ...(previous ? { previous } : {}),
  });
  let appointment: ReturnType<typeof addAppointment> | undefined;
  let answer: Answer | undefined;
  for (const [number, step] of later.entries()) {
    const next = later[number + 1];
    const reason = REASONS[step.state] ?? exitReason(referral.exit);
    if (step.state === 'scheduled') {
      const last = next?.state === steps.at(-1)?.state;
      appointment = addAppointment(chart, random, order, destination, {
        label: `${label}|${number}`,
        booked: step,
        last,
        ...(next ? { next } : {}),
      });
      task = withOutput(task, 'appointment', { valueReference: { reference: `Appointment/${appointment.id}` } });
    }
    if (step.state === 'info-requested') addInformationTask(chart, person, leg, task, step, next);
    if (step.state === 'rejected')
      task = withOutput(task, 'next-step', {
        valueString: 'Continuar el tratamiento en el primer nivel y referir si no mejora en un mes.',
      });
    if (step.state === 'arrived') {
      const [care, answered] = [at('in-care'), at('answered')];
      const encounter = addDestinationVisit(chart, order, destination, {
        label,
        arrived: step,
        emergency: referral.plan.emergency,
        ...(care ? { care } : {}),
        ...(answered ? { answered } : {}),
        ...(appointment ? { appointment } : {}),
      });
      task = withOutput({ ...task, executionPeriod: { start: new Date(step.time).toISOString() } }, 'encounter', {
        valueReference: { reference: `Encounter/${encounter.id}` },
      });
    }
    if (step.state === 'answered') {
      answer = addAnswer(chart, random, referral, order, {
        time: step.time,
        facility: destination,
        encounter: chart.reference('Encounter', label),
      });
      task = withOutput(judged(random, task, step.time), 'respuesta', {
        valueReference: { reference: `Composition/${answer.composition.id}` },
      });
      task = { ...task, executionPeriod: { ...task.executionPeriod, end: new Date(step.time).toISOString() } };
    }
    if (step.state === 'follow-up' && answer) addFollowUpTask(chart, person, leg, task, answer, step, next);
    const due = step.state === 'scheduled' ? appointment?.end : undefined;
    task = setState(task, { state: step.state, now: new Date(step.time), reason, ...(due ? { due } : {}) });
  }
  const { resourceType, id: _id, meta: _meta, ...rest } = task;
  return chart.add<Task>(
    { resourceType, ...rest },
    { label, time: steps.at(-1)!.time, custodian: person.facility, profile: PROFILES.leg },
  );
}
