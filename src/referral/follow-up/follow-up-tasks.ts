import type { Task, TaskInput } from '@medplum/fhirtypes';
import { localDay } from '../local-day.js';
import { ioType, PROFILES, TASK_CODES } from '../vocabulary.js';
import type { PlanItem } from './plan-items.js';

/** What both kinds of follow-up Task share. */
export interface FollowUpScene {
  readonly leg: Task & { readonly id: string };
  /** Reference text of the answer. */
  readonly answer: string | undefined;
  readonly now: Date;
}

const shared = ({ leg, answer, now }: FollowUpScene): Omit<Task, 'code'> => ({
  resourceType: 'Task',
  basedOn: leg.basedOn,
  groupIdentifier: leg.groupIdentifier,
  status: 'ready',
  intent: 'order',
  priority: leg.priority,
  ...(answer === undefined ? {} : { focus: { reference: answer } }),
  for: leg.for,
  authoredOn: now.toISOString(),
  lastModified: now.toISOString(),
  requester: leg.owner as Task['requester'],
  owner: leg.requester,
});

const inputOf = ({ text, reference }: PlanItem): TaskInput => ({
  type: ioType('plan-item'),
  ...(reference === undefined
    ? { valueString: text ?? '' }
    : { valueReference: { reference, ...(text ? { display: text } : {}) } }),
});

/** The Task in which the origin carries out the plan: what of it has no day, and the outcome in the end. */
export const followUpTask = (scene: FollowUpScene, undated: readonly PlanItem[]): Task => ({
  ...shared(scene),
  meta: { profile: [PROFILES.followUp] },
  partOf: [{ reference: `Task/${scene.leg.id}` }],
  code: TASK_CODES['follow-up'],
  restriction: scene.leg.restriction,
  ...(undated.length > 0 ? { input: undated.map(inputOf) } : {}),
});

/** Moment at which a dated point is overdue: the end of its day in Honduras. */
export const endOfDay = (day: string): string =>
  (localDay(day)?.end ?? new Date(`${day}T00:00:00-06:00`)).toISOString();

/** The Task of one dated point of the plan, part of the follow-up. */
export const followUpItemTask = (scene: FollowUpScene, parent: string, item: PlanItem & { due: string }): Task => ({
  ...shared(scene),
  meta: { profile: [PROFILES.followUpItem] },
  partOf: [{ reference: `Task/${parent}` }],
  code: TASK_CODES['follow-up-item'],
  description: item.text ?? item.reference ?? '',
  // A point that is overdue when the answer is read has no room left.
  restriction: {
    period: {
      ...(endOfDay(item.due) > scene.now.toISOString() ? { start: scene.now.toISOString() } : {}),
      end: item.due,
    },
  },
  input: [inputOf(item)],
});
