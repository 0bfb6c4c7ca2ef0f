import type { ParametersParameter, Reference } from '@medplum/fhirtypes';
import { codeSystemUrl } from '../config/canonical.js';
import { dateIn } from '../config/honduras-time.js';
import { atHour, DAY, HOUR, localInstant, onWeekday } from '../seed/history/calendar.js';
import type { DemoCase, DemoStep, StepOf } from './demo-data.js';
import type { Directory, Post } from './directory.js';

/** Steps that carry an answer. */
export type AnswerStep = StepOf<'respond' | 'interim' | 'amend'>;

/** Where a case stands when a move is made. */
export interface MoveScene {
  readonly each: DemoCase;
  /** Alias of the present destination. */
  readonly destination: string;
  readonly directory: Directory;
  readonly actor: Post;
  /** ms since 1970. */
  readonly now: number;
  /** The answer as a document, for the steps that carry one. */
  readonly document: (step: AnswerStep) => Promise<NonNullable<ParametersParameter['resource']>>;
}

type Move = DemoStep['move'];
type Input<M extends Move> = (
  step: StepOf<M>,
  scene: MoveScene,
) => Promise<ParametersParameter[]> | ParametersParameter[];

const VISIT_MS = HOUR / 2;
const SECOND = 1_000;

const text = (name: string, value: string | undefined): ParametersParameter[] =>
  value === undefined ? [] : [{ name, valueString: value }];
const code = (name: string, value: string): ParametersParameter => ({ name, valueCode: value });
const coded = (name: string, system: string, value: string): ParametersParameter => ({
  name,
  valueCodeableConcept: { coding: [{ system: codeSystemUrl(system), code: value }] },
});
const reference = (name: string, { reference: target }: Reference): ParametersParameter => ({
  name,
  valueReference: { reference: target },
});
const information = (name: string, item: string): ParametersParameter => coded(name, 'information-item', item);

/** An appointment now for the patient at the door, or at eight on a working day in so many days. */
async function booking(inDays: number, { destination, directory, now }: MoveScene): Promise<ParametersParameter[]> {
  const start = inDays === 0 ? now : atHour(onWeekday(now + inDays * DAY), 8);
  return [
    { name: 'start', valueDateTime: localInstant(start) },
    { name: 'end', valueDateTime: localInstant(start + VISIT_MS) },
    reference('participant', await directory.post('specialist', destination)),
    reference('location', await directory.location(destination)),
    coded('contactResult', 'contact-medium', 'phone'),
  ];
}

async function advisedService(path: string, directory: Directory): Promise<ParametersParameter> {
  const [alias = '', specialty = ''] = path.split('.');
  return reference('service', await directory.service(alias, specialty));
}

/** What each move carries besides `actor` (tables of docs/reference/referral-workflow.md). */
const INPUTS: { readonly [M in Move]: Input<M> } = {
  receive: () => [],
  arrive: () => [],
  acknowledge: () => [],
  'start-care': (_step, { actor, now }) => [
    reference('practitioner', actor),
    { name: 'start', valueDateTime: localInstant(now) },
  ],
  'request-info': ({ reason, items, dueDays, dueSeconds }, { now }) => [
    ...text('reason', reason),
    ...items.map((item) => information('item', item)),
    {
      name: 'due',
      valueDateTime: localInstant(now + (dueSeconds === undefined ? dueDays * DAY : dueSeconds * SECOND)),
    },
  ],
  'provide-info': ({ answers }) =>
    answers.map(({ item, value }) => ({
      name: 'answer',
      part: [information('item', item), ...text('value', value)],
    })),
  accept: async ({ priority, why, modality }, { each, destination, directory }) => [
    code('priority', priority ?? each.priority),
    ...text('priorityReason', why),
    coded('modality', 'modality', modality),
    reference('service', await directory.service(destination, each.specialty)),
  ],
  reject: async ({ reason, comment, advice, service, missing }, { directory }) => [
    coded('reason', 'reject-reason', reason),
    ...text('comment', comment),
    {
      name: 'nextStep',
      part: [
        ...text('advice', advice),
        ...(service === undefined ? [] : [await advisedService(service, directory)]),
        ...(missing ?? []).map((item) => information('missing', item)),
      ],
    },
  ],
  resubmit: ({ change }) => text('change', change),
  revoke: ({ reason, informed, comment }) => [
    coded('reason', 'exit-cause', reason),
    { name: 'patientInformed', valueBoolean: informed },
    ...text('comment', comment),
  ],
  redirect: async ({ to, reason, comment }, { directory }) => [
    coded('reason', 'redirect-reason', reason),
    reference('performer', (await directory.facility(to)).reference),
    ...text('comment', comment),
  ],
  book: ({ inDays }, scene) => booking(inDays, scene),
  reschedule: async ({ reason, inDays }, scene) => [
    coded('reason', 'cancel-reason', reason),
    ...(await booking(inDays, scene)),
  ],
  'cancel-appointment': ({ reason, comment }) => [
    coded('reason', 'cancel-reason', reason),
    ...text('comment', comment),
  ],
  'no-show': ({ reason }) => [coded('reason', 'no-show-reason', reason)],
  'not-arrived': ({ reason, comment }) => [coded('reason', 'no-show-reason', reason), ...text('comment', comment)],
  'contact-attempt': ({ medium, reached, reason, note }) => [
    coded('medium', 'contact-medium', medium),
    { name: 'reached', valueBoolean: reached },
    ...(reason === undefined ? [] : [coded('reason', 'not-reached-reason', reason)]),
    ...text('note', note),
  ],
  respond: async (step, scene) => [
    { name: 'document', resource: await scene.document(step) },
    code('oportuna', step.oportuna),
    code('justificada', step.justificada),
  ],
  interim: async (step, scene) => [{ name: 'document', resource: await scene.document(step) }],
  amend: async (step, scene) => [
    ...text('reason', step.reason),
    { name: 'document', resource: await scene.document(step) },
  ],
  'withdraw-info': ({ reason }) => text('reason', reason),
  'pause-waiting': ({ reason, days }, { now }) => [
    { name: 'from', valueDate: dateIn(new Date(now)) },
    { name: 'until', valueDate: dateIn(new Date(now + days * DAY)) },
    coded('reason', 'unavailable-reason', reason),
  ],
  'no-response': ({ comment }) => text('comment', comment),
  convert: ({ reason }) => text('reason', reason),
  'leave-list': async ({ reason, comment }, { destination, directory }) => [
    coded('reason', 'exit-cause', reason),
    reference('approver', await directory.post('triage', destination)),
    ...text('comment', comment),
  ],
  'request-cancel': ({ reason, askedBy }) => [coded('reason', 'exit-cause', reason), code('askedBy', askedBy)],
  'confirm-cancel': () => [],
  'record-death': () => [coded('reason', 'exit-cause', 'died')],
  void: ({ reason }) => text('reason', reason),
  close: ({ outcome, items }) => [
    coded('outcome', 'follow-up-outcome', outcome),
    ...items.map(({ text: words, done, reason }) => ({
      name: 'item',
      part: [...text('text', words), { name: 'done', valueBoolean: done }, ...text('reason', reason)],
    })),
  ],
};

/** Parameters of a move, the acting person included. */
export async function moveInput<M extends Move>(step: StepOf<M>, scene: MoveScene): Promise<ParametersParameter[]> {
  const input = INPUTS[step.move] as Input<M>;
  return [reference('actor', scene.actor), ...(await input(step, scene))];
}
