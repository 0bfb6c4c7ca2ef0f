import type { Encounter, Extension, Reference, Task } from '@medplum/fhirtypes';
import { extensionUrl } from '../../config/canonical.js';
import { checkDocument, compositionIn, dispositionOf } from '../answer-document.js';
import { advance } from '../advance.js';
import type { AskedMove } from '../ask-move.js';
import type { Condition } from '../conditions.js';
import { changeEncounter, finished } from '../encounters.js';
import { type Move, type MoveEffect, moveOperation } from '../move-operation.js';
import { addNotice } from '../notices/add-notice.js';
import { addOnward, checkOnward } from '../onward.js';
import { appointmentReason, endVisits } from '../end-visits.js';
import { careGiven, visitsOf } from '../standing-facts.js';
import { storeAnswer } from '../store-answer.js';
import { outputs, withOutput } from '../task-io.js';

/** Dispositions that are facts of the table. */
const CONDITIONS: Readonly<Record<string, Condition>> = { advice: 'advice', onward: 'onward', died: 'died' };

const disposition = ({ values }: AskedMove): string => dispositionOf(compositionIn(values)) ?? '';

/** The receiver's judgement, on the leg (LN23:2019, annex 2: «llenar solo por quien recibe»). */
function judged(task: Task, { values, now }: Move): Task {
  const own = ['oportuna', 'justificada', 'judged-at'].map(extensionUrl);
  const judgement: Extension[] = [
    { url: extensionUrl('oportuna'), valueCode: values.code('oportuna') },
    { url: extensionUrl('justificada'), valueCode: values.code('justificada') },
    { url: extensionUrl('judged-at'), valueDateTime: now.toISOString() },
  ];
  return { ...task, extension: [...(task.extension ?? []).filter(({ url }) => !own.includes(url)), ...judgement] };
}

/** Advice says who keeps the patient: whoever is named, else the origin (LN23:2019 section 5, interconsulta). */
function responsible(move: Move): { responsible?: Reference } {
  if (disposition(move) !== 'advice') return {};
  const { origin } = move.referral.sides;
  const named = move.values.reference('responsible') ?? move.referral.resource.requester;
  const found = named ?? (origin === undefined ? undefined : { reference: `Organization/${origin}` });
  return found ? { responsible: found } : {};
}

/** The next referral, named by the leg of the first one; the origin is told of both, and its author has it to finish. */
function referredOnward(task: Task, move: Move): Task {
  const { builder, referral } = move;
  const order = addOnward(move);
  const { destination, origin } = referral.sides;
  const next = { reference: `ServiceRequest/${order.id}` };
  if (origin !== undefined)
    addNotice(builder, {
      deadlines: move.deadlines,
      kind: 'onward-notice',
      about: [referral],
      to: origin,
      focus: next,
      ...(destination === undefined ? {} : { from: destination }),
    });
  if (destination !== undefined)
    addNotice(builder, {
      deadlines: move.deadlines,
      kind: 'onward-draft',
      about: [referral],
      to: destination,
      focus: next,
    });
  return withOutput(task, 'onward-referral', { valueReference: next });
}

/** The last visit in which somebody attended the patient; one that goes on ends now. */
async function finishAttended({ builder, context, now, referral }: Move): Promise<Reference<Encounter> | undefined> {
  const visits = (await visitsOf(context, referral)).filter((visit) => careGiven([visit]));
  const start = ({ resource: { period } }: (typeof visits)[number]): string => period?.start ?? '';
  const last = [...visits].sort((a, b) => start(a).localeCompare(start(b))).at(-1);
  if (!last) return undefined;
  if (last.resource.status !== 'finished') builder.update(last.stored, finished(now)(last.resource));
  return { reference: `Encounter/${last.resource.id}` };
}

async function apply(move: Move): Promise<MoveEffect> {
  const { now, referral, edge } = move;
  const late = edge.when === 'care-given';
  const encounter = late ? await finishAttended(move) : await changeEncounter(move, finished(now));
  // An answer to what an earlier visit found: the visit that was still to come is not needed any more.
  if (late) await endVisits(move, appointmentReason('other-referral-ended'));
  const answer = await storeAnswer(move, {
    encounter,
    replaces: outputs(referral.leg.task, 'interim'),
    ...responsible(move),
  });
  const done = withOutput(judged(referral.leg.task, move), 'respuesta', {
    valueReference: { reference: `Composition/${answer.id}` },
  });
  const ended = { ...done, executionPeriod: { ...done.executionPeriod, end: now.toISOString() } };
  return { task: advance(move, { task: disposition(move) === 'onward' ? referredOnward(ended, move) : ended }) };
}

/** `Task/$respond`: the destination answers; the loop closes only when the origin has read and followed up. */
export const respond = moveOperation({
  move: 'respond',
  purpose: 'El destino responde con el documento de respuesta y juzga si la referencia fue oportuna y justificada.',
  conditions: (asked) => {
    const condition = CONDITIONS[disposition(asked)];
    return condition ? [condition] : [];
  },
  check: (asked) => [
    ...checkDocument(asked.values, asked.referral.resource.id, 'final'),
    ...checkOnward(asked, disposition(asked) === 'onward'),
  ],
  apply,
});
