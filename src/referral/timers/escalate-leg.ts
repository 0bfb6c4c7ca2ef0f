import { randomUUID } from 'node:crypto';
import type { Provenance, Task } from '@medplum/fhirtypes';
import { SERVICE_CALLER } from '../../access/service-caller.js';
import { auditDraft } from '../../fhir/audit-draft.js';
import type { FhirRequest } from '../../fhir/exchange.js';
import type { FhirContext } from '../../fhir/fhir-context.js';
import { resourceOf } from '../../fhir/stored-resource.js';
import { WriteBuilder } from '../../fhir/write-builder.js';
import type { FoundResource } from '../../store/envelope.js';
import type { Clock } from '../clocks.js';
import type { DeadlineBook } from '../deadlines/deadline-book.js';
import type { Level } from '../deadlines/levels.js';
import { readClock, withClock } from '../leg-clock.js';
import { clockOf } from '../run-clock.js';
import { stateRow } from '../states.js';
import { isLeg, moveCoding, noticeKindOf, stateOf } from '../vocabulary.js';
import { workOf } from '../work-scalars.js';
import type { OrganizationsAbove } from './organizations-above.js';

/** What a run of the timers works with. */
export interface EscalationRun {
  readonly context: FhirContext;
  readonly book: DeadlineBook;
  readonly above: OrganizationsAbove;
  readonly now: Date;
}

/** A leg or notice of which somebody has to be told, and what its next version says. */
interface DueEscalation {
  readonly levels: readonly Level[];
  readonly told: readonly string[];
  /** Told by this step and not before. */
  readonly added: readonly string[];
  readonly task: Task;
}

const AGENT_TYPE = 'http://terminology.hl7.org/CodeSystem/provenance-participant-type';
const agent = (type: string, who: Provenance['agent'][number]['who']): Provenance['agent'][number] => ({
  type: { coding: [{ system: AGENT_TYPE, code: type }] },
  who,
});

const clockNameOf = (task: Task): Clock | undefined => {
  if (noticeKindOf(task)) return 'notice';
  const state = isLeg(task) ? stateOf(task) : undefined;
  return state && stateRow(state).clock;
};

/** All levels whose time has come; a clock from before there were editions goes by the one in force. */
async function dueEscalation({ book, above, now }: EscalationRun, task: Task): Promise<DueEscalation | undefined> {
  const name = clockNameOf(task);
  const end = task.restriction?.period?.end;
  const owner = workOf(task)?.owner;
  if (!name || end === undefined || owner === undefined) return undefined;
  const known = readClock(task);
  const deadlines = (known && book.edition(known.edition)) ?? book.at(now);
  const which = clockOf(task, name);
  const steps = deadlines.escalations(which, new Date(end));
  const levels = steps.filter(({ at }) => at <= now).map(({ level }) => level);
  const next = steps.find(({ at }) => at > now);
  const before = known?.told ?? [];
  const told = [...new Set([...before, ...(await above.told(owner, levels))])];
  const clock = {
    ...(known ?? { edition: deadlines.edition.number, unit: deadlines.term(which).unit }),
    told,
    escalates: next?.at,
  };
  const added = told.filter((id) => !before.includes(id));
  return { levels, told, added, task: { ...withClock(task, clock), lastModified: now.toISOString() } };
}

const provenanceOf = (run: EscalationRun, task: Task & { id: string }, added: readonly string[]): Provenance => ({
  resourceType: 'Provenance',
  target: [...(task.focus?.reference ? [{ reference: task.focus.reference }] : []), { reference: `Task/${task.id}` }],
  occurredDateTime: run.now.toISOString(),
  recorded: run.now.toISOString(),
  activity: { coding: [moveCoding('escalate')] },
  agent: [
    agent('author', { display: SERVICE_CALLER.displayName }),
    ...[task.requester?.reference, task.owner?.reference, ...added.map((id) => `Organization/${id}`)]
      .filter((reference, index, all) => reference !== undefined && all.indexOf(reference) === index)
      .map((reference) => agent('custodian', { reference: reference ?? '' })),
  ],
});

/**
 * Tells the next level (or levels, when the service was down for long) of one overdue leg or notice: its next version, Provenance and the
 * audit record in one transaction on the version that was read, so that a person's move made meanwhile stands.
 * @returns the levels told; none when there was nothing to do
 * @throws ServiceError 412 `version-conflict` when somebody was faster, 422 when the leg as it is stored is not valid
 */
export async function escalateLeg(run: EscalationRun, stored: FoundResource): Promise<readonly Level[]> {
  const before = resourceOf<Task & { id: string }>(stored);
  const due = await dueEscalation(run, before);
  if (!due || due.levels.length === 0) return [];
  const request: FhirRequest = { method: 'POST', id: randomUUID(), caller: SERVICE_CALLER, query: [] };
  const builder = new WriteBuilder(run.context, request);
  const task = builder.update(stored, due.task as Task & { id: string });
  const patient = stored.pt;
  builder.create(provenanceOf(run, task, due.added), patient === undefined ? {} : { patient });
  builder.audit(
    auditDraft(request, {
      act: 'U',
      sub: 'escalate',
      pt: patient === undefined ? [] : [patient],
      ent: builder.writes.map(({ type, doc }) => `${type}/${doc._id}/_history/${doc.vid}`),
      det: {
        levels: due.levels.join(' '),
        told: due.added.join(' '),
        state: stateOf(task) ?? noticeKindOf(task) ?? '',
      },
    }),
  );
  await builder.commit();
  return due.levels;
}
