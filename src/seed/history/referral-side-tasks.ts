import type { Task } from '@medplum/fhirtypes';
import { codeSystemUrl } from '../../config/canonical.js';
import { SHIPPED_DEADLINES } from '../../referral/deadlines/shipped-edition.js';
import { setState } from '../../referral/set-state.js';
import { ioType, PROFILES, TASK_CODES } from '../../referral/vocabulary.js';
import type { Facility } from '../catalogue-schema.js';
import { DAY } from './calendar.js';
import type { Chart } from './chart.js';
import type { Answer } from './referral-answer.js';
import type { Step } from './referral-plan.js';

/** Where a side Task stands: the leg it belongs to and the step that opened it. */
export interface SideTaskPlace {
  /** Label of the leg in the chart. */
  readonly leg: string;
  readonly task: Task;
  readonly origin: Facility;
  readonly opened: Step;
  /** The step that completed it. */
  readonly done?: Step;
}

/** What every side Task of a leg has in common: the origin does it, the destination asked. */
const sideTask = (chart: Chart, { leg, task, opened, done }: SideTaskPlace): Omit<Task, 'status' | 'code'> => ({
  resourceType: 'Task',
  basedOn: task.basedOn,
  groupIdentifier: task.groupIdentifier,
  partOf: [chart.reference('Task', leg)],
  intent: 'order',
  priority: task.priority,
  for: task.for,
  authoredOn: new Date(opened.time).toISOString(),
  lastModified: new Date((done ?? opened).time).toISOString(),
  requester: task.owner as Task['requester'],
  owner: task.requester,
});

/** Writes the Task that asks the origin for a laboratory result. */
export function addInformationTask(chart: Chart, place: SideTaskPlace): void {
  const { leg, task, origin, opened, done } = place;
  const period = { start: new Date(opened.time).toISOString(), end: new Date(opened.time + 14 * DAY).toISOString() };
  const item = {
    coding: [{ system: codeSystemUrl('information-item'), code: 'laboratory' }],
    text: 'Resultado de laboratorio',
  };
  chart.add<Task>(
    {
      ...sideTask(chart, place),
      status: done ? 'completed' : 'requested',
      code: TASK_CODES['provide-information'],
      focus: task.focus,
      restriction: { period },
      input: [{ type: ioType('requested-item'), valueCodeableConcept: item }],
      ...(done
        ? { output: [{ type: ioType('provided-item'), valueString: 'Hemoglobina y creatinina en rango normal.' }] }
        : {}),
    },
    { label: `${leg}|information`, time: opened.time, custodian: origin, profile: PROFILES.information },
  );
}

/** Writes the Task in which the origin carries out the plan of the answer. */
export function addFollowUpTask(chart: Chart, place: SideTaskPlace, answer: Answer): void {
  const { leg, task, origin, opened, done } = place;
  const controlled = { coding: [{ system: codeSystemUrl('follow-up-outcome'), code: 'controlled' }] };
  chart.add<Task>(
    {
      ...sideTask(chart, place),
      status: done ? 'completed' : 'ready',
      code: TASK_CODES['follow-up'],
      focus: { reference: `Composition/${answer.composition.id}` },
      restriction: setState(task, {
        state: 'follow-up',
        now: new Date(opened.time),
        deadlines: SHIPPED_DEADLINES,
      }).restriction,
      input: [{ type: ioType('plan-item'), valueString: answer.plan }],
      ...(done ? { output: [{ type: ioType('outcome'), valueCodeableConcept: controlled }] } : {}),
    },
    { label: `${leg}|follow-up`, time: opened.time, custodian: origin, profile: PROFILES.followUp },
  );
}
