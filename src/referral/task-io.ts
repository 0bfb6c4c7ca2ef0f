import { isDeepStrictEqual } from 'node:util';
import type { Resource, Task, TaskOutput } from '@medplum/fhirtypes';
import type { FhirContext } from '../fhir/fhir-context.js';
import { localTarget } from '../fhir/references.js';
import { resourceOf } from '../fhir/stored-resource.js';
import type { FoundResource } from '../store/envelope.js';
import { ioType, type TaskIo } from './vocabulary.js';

/** Outputs that a Task may have once (profile `cumplimiento`). */
const SINGLE: ReadonlySet<TaskIo> = new Set(['respuesta', 'redirected-to', 'modality', 'service', 'onward-referral']);

const isOf =
  (code: TaskIo) =>
  (row: TaskOutput): boolean =>
    (row.type.coding ?? []).some((coding) => coding.code === code);

/** The same Task with one output more; an output that may be there once is replaced, the very same one is not repeated. */
export function withOutput(task: Task, code: TaskIo, value: Omit<TaskOutput, 'type'>): Task {
  const added = { type: ioType(code), ...value };
  const kept = (task.output ?? []).filter(
    (row) => !(SINGLE.has(code) && isOf(code)(row)) && !isDeepStrictEqual(row, added),
  );
  return { ...task, output: [...kept, added] };
}

/** Reference texts of the outputs of a kind, oldest first. */
export const outputs = (task: Task, code: TaskIo): readonly string[] =>
  (task.output ?? []).filter(isOf(code)).flatMap(({ valueReference }) => valueReference?.reference ?? []);

/** Reference text of the last output of a kind, for example of the appointment in force. */
export const lastOutput = (task: Task, code: TaskIo): string | undefined =>
  (task.output ?? []).filter(isOf(code)).at(-1)?.valueReference?.reference;

/** A resource with its envelope, to be changed by a move. */
export interface Linked<T extends Resource> {
  readonly stored: FoundResource;
  readonly resource: T & { id: string };
}

/** The resource that a reference of ours points to; undefined when there is none or it was deleted. */
export async function readLinked<T extends Resource>(
  context: FhirContext,
  reference: string | undefined,
): Promise<Linked<T> | undefined> {
  const target = localTarget(reference ?? '', context.baseUrl);
  const stored = target && (await context.store.read(target.type, target.id));
  return stored && !stored.del ? { stored, resource: resourceOf<T & { id: string }>(stored) } : undefined;
}
