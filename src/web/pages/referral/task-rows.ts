import type { TaskInput, TaskOutput } from '@medplum/fhirtypes';
import type { TaskIo } from '../../../referral/vocabulary.js';

/** Tells whether an input or output of a Task is of a kind (code system `task-io`). */
export const hasIo =
  (code: TaskIo) =>
  ({ type }: TaskInput | TaskOutput): boolean =>
    (type.coding ?? []).some((coding) => coding.code === code);
