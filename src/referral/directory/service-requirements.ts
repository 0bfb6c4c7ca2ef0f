import type { CodeableConcept, HealthcareService } from '@medplum/fhirtypes';
import { codeSystemUrl, extensionUrl } from '../../config/canonical.js';

/** Codes of the code system `information-item`. */
type Item =
  | 'clinical-summary'
  | 'diagnosis'
  | 'clinical-question'
  | 'vital-signs'
  | 'physical-exam'
  | 'obstetric-data'
  | 'growth-data'
  | 'medications'
  | 'allergies'
  | 'laboratory'
  | 'imaging'
  | 'ecg'
  | 'pathology';

/** What every referral brings: the lines of HC-10 without which triage cannot decide (LN23:2019, annex 2). */
const ALWAYS: readonly Item[] = ['clinical-summary', 'diagnosis', 'clinical-question'];

/**
 * What the services of a specialty ask for besides, by its code. The ministry may change it; a service adds its own with the
 * extension `requirement`.
 */
export const SPECIALTY_REQUIREMENTS: Readonly<Record<string, readonly Item[]>> = {
  cardiologia: ['vital-signs', 'ecg', 'medications'],
  'medicina-interna': ['vital-signs', 'laboratory', 'medications'],
  endocrinologia: ['laboratory', 'medications', 'growth-data'],
  nefrologia: ['vital-signs', 'laboratory', 'medications'],
  pediatria: ['growth-data', 'vital-signs', 'allergies'],
  ginecologia: ['obstetric-data', 'physical-exam'],
  obstetricia: ['obstetric-data', 'vital-signs', 'laboratory'],
  'alto-riesgo-obstetrico': ['obstetric-data', 'vital-signs', 'laboratory'],
  'cirugia-general': ['physical-exam', 'laboratory', 'allergies'],
  ortopedia: ['physical-exam', 'imaging'],
  neurologia: ['physical-exam', 'medications'],
  oncologia: ['pathology', 'laboratory', 'imaging'],
};

const requirement = (code: Item): CodeableConcept => ({
  coding: [{ system: codeSystemUrl('information-item'), code }],
});

const keyOf = ({ coding, text }: CodeableConcept): string => coding?.[0]?.code ?? text ?? '';

/** What a service asks for, in its order: always, by its specialty, by itself; each once. */
export function requirementsOf(
  service: Pick<HealthcareService, 'extension'>,
  specialty: string | undefined,
): readonly CodeableConcept[] {
  const own = (service.extension ?? []).flatMap(({ url, valueCodeableConcept }) =>
    url === extensionUrl('requirement') && valueCodeableConcept ? [valueCodeableConcept] : [],
  );
  const all = [...[...ALWAYS, ...(SPECIALTY_REQUIREMENTS[specialty ?? ''] ?? [])].map(requirement), ...own];
  return all.filter((one, index) => all.findIndex((other) => keyOf(other) === keyOf(one)) === index);
}

/** Canonical addresses of the questionnaires that a service asks to fill in. */
export const formsOf = ({ extension = [] }: Pick<HealthcareService, 'extension'>): readonly string[] =>
  extension.flatMap(({ url, valueCanonical }) =>
    url === extensionUrl('requirement-form') && valueCanonical !== undefined ? [valueCanonical] : [],
  );
