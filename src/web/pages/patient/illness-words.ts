import type { CodeableConcept } from '@medplum/fhirtypes';
import { CODE_SYSTEMS } from '../../../config/code-systems.js';
import type { Words } from '../../../words.js';
import { ILLNESS_WORDS } from '../../texts/patient-illness.js';
import { RECORD } from '../../texts/patient-record.js';

/** A diagnosis in everyday words, by its ICD-10 code. */
export function illnessWords(concept: CodeableConcept | undefined): Words {
  const code = concept?.coding?.find(({ system }) => system === CODE_SYSTEMS.icd10)?.code?.slice(0, 3);
  const found = code === undefined ? undefined : ILLNESS_WORDS.filter(([from]) => from <= code).at(-1);
  return found?.[1] ?? RECORD.noPlainName;
}
