import type { Reference, Task } from '@medplum/fhirtypes';
import type { Deadlines } from '../deadlines/deadlines.js';
import { specialtyOf } from '../specialty-of.js';
import type { WriteBuilder } from '../../fhir/write-builder.js';
import type { Referral } from '../load-referral.js';
import { withClock } from '../leg-clock.js';
import { nationalNumber } from '../legs.js';
import { SID } from '../../config/canonical.js';
import { type NoticeKind, PROFILES, TASK_CODES } from '../vocabulary.js';

/** What each notice asks of the facility that gets it. No clinical content: who may open the referral reads it there. */
const DESCRIPTIONS: Readonly<Record<NoticeKind, string>> = {
  'find-person':
    'La persona salió de la lista sin atención: búsquela, pregunte si todavía la necesita y decida qué sigue. / The person left the list without care: find them and decide what comes next.',
  'not-arrived':
    'La persona salió en traslado y no ha llegado: averigüe hoy dónde está y cómo, y avise al destino. / The person left in a transfer and has not arrived: find out today where they are and how, and tell the destination.',
  'death-notice':
    'Consta el fallecimiento de la persona: no llame ni cite; revise lo que tenga pendiente. / The person has died: make no calls or appointments; review what is pending.',
  'onward-notice':
    'El destino refirió a la persona a otro establecimiento; lea la respuesta y la referencia nueva. / The destination referred the person onward; read the answer and the new referral.',
  'onward-draft':
    'Usted respondió que refiere a la persona a otro establecimiento y la referencia nueva sigue en borrador: complétela y envíela. / You answered that the person is referred onward and the new referral is still a draft: complete and send it.',
};

interface Notice {
  /** Terms in force. */
  readonly deadlines: Deadlines;
  readonly kind: NoticeKind;
  /** Referrals that it is about; the first one gives priority and person. */
  readonly about: readonly Pick<Referral, 'resource' | 'leg'>[];
  /** Organization ids. */
  readonly from?: string;
  readonly to: string;
  /** What to look at; the first referral when absent. */
  readonly focus?: Reference;
}

/** Task of a facility that must know something and act on it (profile `tarea-aviso`), with a term of its own; it says by itself what came of it. */
function noticeTask({ deadlines, kind, about, from, to, focus }: Notice, now: Date): Task {
  const [first] = about;
  if (!first) throw new TypeError('a notice is about a referral');
  const { resource, leg } = first;
  const priority = leg?.task.priority ?? resource.priority ?? 'routine';
  const which = { clock: 'notice', priority, specialty: leg && specialtyOf(leg.task) } as const;
  const end = deadlines.dueAt(which, now);
  const [next] = deadlines.escalations(which, end);
  const legs = about.flatMap(({ leg: one }) => (one ? [{ reference: `Task/${one.task.id}` }] : []));
  const number = about.length === 1 ? nationalNumber(resource) : undefined;
  const task: Task = {
    resourceType: 'Task',
    meta: { profile: [PROFILES.notice] },
    basedOn: about.map(({ resource: { id } }) => ({ reference: `ServiceRequest/${id}` })),
    ...(number === undefined ? {} : { groupIdentifier: { system: SID.referencia, value: number } }),
    ...(legs.length > 0 ? { partOf: legs } : {}),
    status: 'requested',
    intent: 'order',
    priority,
    code: TASK_CODES[kind],
    description: DESCRIPTIONS[kind],
    focus: focus ?? { reference: `ServiceRequest/${resource.id}` },
    for: resource.subject,
    authoredOn: now.toISOString(),
    lastModified: now.toISOString(),
    ...(from === undefined ? {} : { requester: { reference: `Organization/${from}` } }),
    owner: { reference: `Organization/${to}` },
    restriction: { period: { start: now.toISOString(), end: end.toISOString() } },
  };
  return withClock(task, {
    edition: deadlines.edition.number,
    unit: deadlines.term(which).unit,
    told: [],
    ...(next ? { escalates: next.at } : {}),
  });
}

/** Adds a notice to a plan; it belongs to the facility that gets it, which says what came of it. */
export const addNotice = (builder: WriteBuilder, notice: Notice): Task & { id: string } =>
  builder.create(noticeTask(notice, builder.now), { own: notice.to });
