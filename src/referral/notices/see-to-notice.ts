import type { Reference, Task } from '@medplum/fhirtypes';
import type { FhirRequest } from '../../fhir/exchange.js';
import type { WriteBuilder } from '../../fhir/write-builder.js';
import type { Words } from '../../words.js';
import type { Acting } from '../acting.js';
import { addTrail } from '../move-trail.js';
import { sidesOf } from '../work-scalars.js';

/** Of a notice that asks to finish a draft: nobody ticks what is not done. */
export const ENDS_WITH_DRAFT = {
  es: 'Este aviso termina cuando la referencia nueva se envía, o se anula como error ($void).',
  en: 'This notice ends when the new referral is sent, or voided as a mistake ($void).',
} as const satisfies Words;

/** A notice with what came of it: its facility has nothing more to do. @param found what was done or found, in words */
export const seenTo = (
  task: Task,
  { found, by, now }: { found: string; by?: Reference | undefined; now: Date },
): Task => ({
  ...task,
  status: 'completed',
  lastModified: now.toISOString(),
  executionPeriod: { ...task.executionPeriod, end: now.toISOString() },
  note: [
    ...(task.note ?? []),
    { time: now.toISOString(), text: found, ...(by ? { authorReference: by as { reference: string } } : {}) },
  ],
});

/** Provenance and audit record of a notice that was seen to. @param task as it is written */
export function addNoticeTrail(
  builder: WriteBuilder,
  request: FhirRequest,
  { task, acting }: { readonly task: Task & { readonly id: string }; readonly acting: Acting },
): void {
  const found = task.note?.at(-1)?.text ?? task.statusReason?.text;
  addTrail(builder, request, {
    edge: { move: 'complete-notice', by: ['DD'] },
    acting,
    sides: sidesOf(task),
    ...(task.groupIdentifier?.value === undefined ? {} : { number: task.groupIdentifier.value }),
    ...(found === undefined ? {} : { reasons: [{ text: found }] }),
    targets: [...(task.basedOn ?? []).flatMap(({ reference }) => reference ?? []), `Task/${task.id}`],
  });
}
