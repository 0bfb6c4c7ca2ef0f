import type { CodeableConcept, Task } from '@medplum/fhirtypes';
import { codeSystemUrl } from '../config/canonical.js';
import { objectsIn } from './untrusted.js';

const SPECIALTY = codeSystemUrl('specialty');

const specialtyCode = (concept: CodeableConcept | undefined): string | undefined =>
  objectsIn(concept?.coding).find(({ system }) => system === SPECIALTY)?.code;

/** Specialty that attends a leg: the one with which triage accepted it, else the one that was asked for. */
export const specialtyOf = (task: Task): string | undefined =>
  [...objectsIn(task.output).map(({ valueCodeableConcept }) => valueCodeableConcept), ...objectsIn(task.performerType)]
    .map(specialtyCode)
    .find((code) => code !== undefined);
