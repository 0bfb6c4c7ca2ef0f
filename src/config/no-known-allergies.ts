import type { AllergyIntolerance, CodeableConcept } from '@medplum/fhirtypes';
import { CODE_SYSTEMS } from './code-systems.js';

/**
 * What AllergyIntolerance.code says when somebody asked and there is none (value set `alergia-negada` of the guide). No
 * resource at all means that nobody asked.
 */
export const NO_KNOWN_ALLERGIES: CodeableConcept = {
  coding: [{ system: CODE_SYSTEMS.absentUnknown, code: 'no-known-allergies', display: 'Sin alergias conocidas' }],
  text: 'Sin alergias conocidas',
};

/** True when a record denies allergies, or says that nobody could be asked, instead of naming a substance. */
export const deniesAllergies = ({ code }: Pick<AllergyIntolerance, 'code'>): boolean =>
  (code?.coding ?? []).some(({ system }) => system === CODE_SYSTEMS.absentUnknown);
