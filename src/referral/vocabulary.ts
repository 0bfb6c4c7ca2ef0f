import type { CodeableConcept, Coding, Resource, ServiceRequest, Task } from '@medplum/fhirtypes';
import { codeSystemUrl, profileUrl, SID } from '../config/canonical.js';
import { isReferralState, type ReferralState, STATES } from './states.js';
import { objectsIn } from './untrusted.js';

/** Code system of HL7 for kinds of Task. */
const HL7_TASK_CODE = 'http://hl7.org/fhir/CodeSystem/task-code';
const STATUS = codeSystemUrl('referral-status');
const CATEGORY = codeSystemUrl('referral-category');
/** Categories that the state table guards: the referral, and the request for advice (LN23:2019 section 5). */
const GOVERNED = ['referencia', 'interconsulta'] as const;

/** Inputs and outputs of Tasks (code system `task-io`). */
export type TaskIo =
  | 'respuesta'
  | 'interim'
  | 'onward-referral'
  | 'appointment'
  | 'redirected-to'
  | 'requested-item'
  | 'provided-item'
  | 'previous-task'
  | 'plan-item'
  | 'outcome'
  | 'next-step'
  | 'encounter'
  | 'modality'
  | 'service';

export const ioType = (code: TaskIo): CodeableConcept => ({ coding: [{ system: codeSystemUrl('task-io'), code }] });

const ownTask = (code: string) => ({ coding: [{ system: codeSystemUrl('task-code'), code }] });

/** Kinds of Task: the leg of a referral (HL7 `fulfill`) the side Tasks of the guide, and the dated points of the follow-up. */
export const TASK_CODES = {
  fulfill: { coding: [{ system: HL7_TASK_CODE, code: 'fulfill' }] },
  'provide-information': ownTask('provide-information'),
  'follow-up': ownTask('follow-up'),
  'follow-up-item': ownTask('follow-up-item'),
  'find-person': ownTask('find-person'),
  'not-arrived': ownTask('not-arrived'),
  'death-notice': ownTask('death-notice'),
  'onward-notice': ownTask('onward-notice'),
  'onward-draft': ownTask('onward-draft'),
} as const satisfies Record<string, CodeableConcept>;

export type TaskKind = keyof typeof TASK_CODES;

/** Side Tasks that tell a facility something it must act on. */
export const NOTICE_KINDS = [
  'find-person',
  'not-arrived',
  'death-notice',
  'onward-notice',
  'onward-draft',
] as const satisfies readonly TaskKind[];

export type NoticeKind = (typeof NOTICE_KINDS)[number];

/** The move's name as Provenance.activity. */
export const moveCoding = (move: string): Coding => ({ system: codeSystemUrl('referral-operation'), code: move });

export const PROFILES = {
  referral: profileUrl('referencia'),
  leg: profileUrl('cumplimiento'),
  information: profileUrl('tarea-informacion'),
  followUp: profileUrl('tarea-seguimiento'),
  notice: profileUrl('tarea-aviso'),
  followUpItem: profileUrl('tarea-punto'),
  appointment: profileUrl('cita'),
  visit: profileUrl('atencion'),
  answer: profileUrl('respuesta'),
  answerDocument: profileUrl('respuesta-documento'),
  message: profileUrl('mensaje'),
} as const;

/** True when a concept holds this code of this system. */
export const hasCoding = (concept: CodeableConcept | undefined, system: string, code: string): boolean =>
  objectsIn(concept?.coding).some((coding) => coding.system === system && coding.code === code);

/** True for a ServiceRequest of category `referencia` or `interconsulta`: what the state table guards (design.md 3a.15). */
export const isReferral = (resource: Resource | undefined): resource is ServiceRequest =>
  resource?.resourceType === 'ServiceRequest' &&
  objectsIn(resource.category).some((category) => GOVERNED.some((code) => hasCoding(category, CATEGORY, code)));

export const isTaskOf = (task: Task, kind: TaskKind): boolean =>
  TASK_CODES[kind].coding.some(({ system, code }) => hasCoding(task.code, system, code));

/** Kind of a notice; undefined for every other resource. */
export const noticeKindOf = (resource: Resource | undefined): NoticeKind | undefined =>
  resource?.resourceType === 'Task' ? NOTICE_KINDS.find((kind) => isTaskOf(resource, kind)) : undefined;

export const isNotice = (resource: Resource | undefined): resource is Task => noticeKindOf(resource) !== undefined;

/** True for a Task that is a leg of a referral: code `fulfill` and marked as ours by state, number or profile. */
export const isLeg = (resource: Resource | undefined): resource is Task =>
  resource?.resourceType === 'Task' &&
  isTaskOf(resource, 'fulfill') &&
  (objectsIn(resource.businessStatus?.coding).some(({ system }) => system === STATUS) ||
    resource.groupIdentifier?.system === SID.referencia ||
    [resource.meta?.profile].flat().includes(PROFILES.leg));

/** State of a leg, from its business status. */
export function stateOf(task: Task): ReferralState | undefined {
  const code = objectsIn(task.businessStatus?.coding).find(({ system }) => system === STATUS)?.code;
  return isReferralState(code) ? code : undefined;
}

export const stateConcept = (state: ReferralState): CodeableConcept => ({
  coding: [{ system: STATUS, code: state, display: STATES[state].es }],
});
