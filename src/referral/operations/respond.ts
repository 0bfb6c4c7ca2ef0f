import type { Bundle, Extension, Task } from '@medplum/fhirtypes';
import { extensionUrl } from '../../config/canonical.js';
import {
  checkDocument,
  compositionIn,
  dispositionOf,
  documentReference,
  standaloneComposition,
} from '../answer-document.js';
import { advance } from '../advance.js';
import type { AskedMove } from '../ask-move.js';
import type { Condition } from '../edges.js';
import { changeEncounter, finished } from '../encounters.js';
import { type Move, type MoveEffect, moveOperation } from '../move-operation.js';
import { lastOutput, withOutput } from '../task-io.js';
import { PROFILES } from '../vocabulary.js';

/** Dispositions that are facts of the table. */
const CONDITIONS: Readonly<Record<string, Condition>> = { advice: 'advice', onward: 'onward', died: 'died' };

function conditions({ values, referral }: AskedMove): Condition[] {
  const disposition = CONDITIONS[dispositionOf(compositionIn(values)) ?? ''];
  const attended = referral.leg && lastOutput(referral.leg.task, 'encounter') !== undefined;
  return [...(disposition ? [disposition] : []), ...(attended ? (['care-given'] as const) : [])];
}

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

async function apply(move: Move): Promise<MoveEffect> {
  const { builder, now, referral, values } = move;
  const composition = compositionIn(values);
  const document = values.resource('document');
  if (!composition || document?.resourceType !== 'Bundle') throw new TypeError('the document was checked before');
  const patient = referral.sides.patient === undefined ? {} : { patient: referral.sides.patient };
  const encounter = await changeEncounter(move, finished(now));
  const answer = builder.create(standaloneComposition(composition, referral.resource.subject, encounter), patient);
  const profile = [...new Set([...(document.meta?.profile ?? []), PROFILES.answerDocument])];
  const stored = builder.create<Bundle>({ ...document, meta: { ...document.meta, profile } }, patient);
  builder.create(documentReference(stored, answer, referral.resource.id, now), patient);
  const done = withOutput(judged(referral.leg.task, move), 'respuesta', {
    valueReference: { reference: `Composition/${answer.id}` },
  });
  const ended = { ...done, executionPeriod: { ...done.executionPeriod, end: now.toISOString() } };
  return { task: advance(move, { task: ended }) };
}

/** `Task/$respond`: the destination answers; the loop closes only when the origin has read and followed up. */
export const respond = moveOperation({
  move: 'respond',
  purpose: 'El destino responde con el documento de respuesta y juzga si la referencia fue oportuna y justificada.',
  conditions,
  check: ({ values, referral }) => checkDocument(values, referral.resource.id),
  apply,
});
