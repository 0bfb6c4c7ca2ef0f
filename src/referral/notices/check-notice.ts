import { isDeepStrictEqual } from 'node:util';
import type { Task } from '@medplum/fhirtypes';
import { reachOf } from '../../access/policy/policy-table.js';
import { fault } from '../../errors.js';
import type { CheckedWrite, FhirContext } from '../../fhir/fhir-context.js';
import { resourceOf } from '../../fhir/stored-resource.js';
import type { Words } from '../../words.js';
import { isOpenTask } from '../side-tasks.js';
import { isNotice, noticeKindOf } from '../vocabulary.js';
import { ENDS_WITH_DRAFT } from './see-to-notice.js';

/** What the service wrote into a notice: whom it is about, who must act, until when, and what is asked. */
const KEPT = [
  ...['code', 'basedOn', 'partOf', 'groupIdentifier', 'focus', 'for', 'requester', 'owner'],
  ...['priority', 'description', 'authoredOn', 'restriction'],
] as const;

const RULES = {
  written: {
    es: 'Los avisos los escribe el servicio; a otro establecimiento se le escribe con un mensaje (Communication).',
    en: 'Notices are written by the service; another facility is written to with a message (Communication).',
  },
  kept: {
    es: 'Un aviso no se borra ni cambia de asunto, de plazo ni de responsable: diga qué se hizo con $complete-notice.',
    en: 'A notice is not deleted, and neither its matter nor its term nor its owner changes: say what was done with $complete-notice.',
  },
  mute: {
    es: 'Un aviso termina con lo que se hizo o se encontró (note).',
    en: 'A notice ends with what was done or found (note).',
  },
} as const satisfies Record<string, Words>;

const broken = (words: Words, expression?: string): Error => fault('rule-broken', { ...words }, expression);

/** Throws 422 for an end without words, and for one that comes with the draft. */
function assertEnds(was: Task, task: Task): void {
  if (!isOpenTask(was) || isOpenTask(task)) return;
  if (noticeKindOf(was) === 'onward-draft') throw broken(ENDS_WITH_DRAFT, 'Task.status');
  if ((task.note?.at(-1)?.text ?? task.statusReason?.text) === undefined) throw broken(RULES.mute, 'Task.note');
}

/**
 * Checks plain writes of notices (hook `checkWrite`): nobody writes one to another facility in the service's name, and the one
 * that gets it ends it with words and changes nothing else of it. Throws 422. Who acts for all of the country is not bound by it.
 */
export function checkNotice(_context: FhirContext, { type, request, before, after }: CheckedWrite): void {
  if (type !== 'Task' || reachOf(request.caller.role, 'workflow', 'update') === 'all') return;
  const was = before && !before.del && before.json !== '' ? resourceOf<Task>(before) : undefined;
  if (!isNotice(was)) {
    if (isNotice(after)) throw broken(RULES.written, 'Task.code');
    return;
  }
  if (after?.resourceType !== 'Task') throw broken(RULES.kept);
  // The clock of an open one says when the next level is told.
  const kept = [...KEPT, ...(isOpenTask(after) ? (['extension'] as const) : [])];
  const changed = kept.find((element) => !isDeepStrictEqual(was[element], after[element]));
  if (changed !== undefined) throw broken(RULES.kept, `Task.${changed}`);
  assertEnds(was, after);
}
