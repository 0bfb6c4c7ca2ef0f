import type { CodeableConcept } from '@medplum/fhirtypes';
import { catalogue } from '../catalogue.js';
import type { Diagnosis } from '../catalogue-schema.js';
import type { Random } from '../random.js';
import { yearsBetween } from './calendar.js';
import { SYSTEMS } from './code-systems.js';
import type { PersonFacts } from './person-facts.js';

const USED = catalogue.diagnoses.filter(({ weight }) => weight !== undefined);

/** True when a diagnosis can be that of a person of this sex and age (the edit rules of SESAL's CIE table). */
const fits = ({ sex, minAge = 0, maxAge = 120 }: Diagnosis, person: PersonFacts, age: number): boolean =>
  (sex === undefined || sex === person.sex) && age >= minAge && age <= maxAge;

/** A diagnosis that is usual for the person's sex and age at a moment, among those a filter lets through. */
export function drawDiagnosis(
  random: Random,
  person: PersonFacts,
  time: number,
  suits: (diagnosis: Diagnosis) => boolean = () => true,
): Diagnosis | undefined {
  const age = yearsBetween(person.birth, time);
  const possible = USED.filter((diagnosis) => fits(diagnosis, person, age) && suits(diagnosis));
  return possible.length === 0 ? undefined : random.weighted(possible, ({ weight }) => weight ?? 0);
}

export const diagnosisConcept = ({ code, display }: Diagnosis): CodeableConcept => ({
  coding: [{ system: SYSTEMS.icd10, code, display }],
  text: display,
});
