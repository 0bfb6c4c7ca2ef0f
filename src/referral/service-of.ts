import type { CodeableConcept, Task } from '@medplum/fhirtypes';
import { localTarget } from '../fhir/references.js';
import { objectsIn } from './untrusted.js';

/** HealthcareService id that attends a leg: the one with which triage accepted it, else the one that a redirect named. */
export const serviceOf = (task: Task): string | undefined =>
  [...objectsIn(task.output).toReversed(), ...objectsIn(task.input).toReversed()]
    .filter(({ type }) =>
      objectsIn((type as CodeableConcept | undefined)?.coding).some(({ code }) => code === 'service'),
    )
    .flatMap(({ valueReference }) => {
      const target = localTarget(valueReference?.reference ?? '');
      return target?.type === 'HealthcareService' ? [target.id] : [];
    })[0];
