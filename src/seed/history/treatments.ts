import type { AllergyIntolerance, CodeableConcept, MedicationStatement, Reference } from '@medplum/fhirtypes';
import { profileUrl } from '../../config/canonical.js';
import { NO_KNOWN_ALLERGIES } from '../../config/no-known-allergies.js';
import { catalogue } from '../catalogue.js';
import type { Diagnosis } from '../catalogue-schema.js';
import { postReference } from '../post-resources.js';
import type { Random } from '../random.js';
import { DAY, localDate, localInstant } from './calendar.js';
import type { Chart } from './chart.js';
import { SYSTEMS } from './code-systems.js';
import type { PersonFacts } from './person-facts.js';
import type { VisitPlace } from './vital-signs.js';

/** Writes the medicine that is usual for a diagnosis, if there is one. */
export function addMedication(
  chart: Chart,
  random: Random,
  place: VisitPlace,
  diagnosis: Diagnosis,
  condition: Reference,
): void {
  const suitable = catalogue.medications.filter((medication) =>
    medication.for.some((code) => diagnosis.code.startsWith(code)),
  );
  if (suitable.length === 0) return;
  const { atc, display, dosage } = random.pick(suitable);
  chart.add<MedicationStatement>(
    {
      resourceType: 'MedicationStatement',
      status: diagnosis.chronic ? 'active' : 'completed',
      medicationCodeableConcept: { coding: [{ system: SYSTEMS.atc, code: atc, display }], text: display },
      subject: chart.patient,
      context: place.encounter as MedicationStatement['context'],
      effectivePeriod: {
        start: localDate(place.time),
        ...(diagnosis.chronic ? {} : { end: localDate(place.time + 10 * DAY) }),
      },
      dateAsserted: localInstant(place.time),
      informationSource: place.performer as MedicationStatement['informationSource'],
      reasonReference: [condition] as MedicationStatement['reasonReference'],
      dosage: [{ text: dosage }],
    },
    { label: `${place.label}|medication`, time: place.time, custodian: place.facility },
  );
}

const coded = (system: string, code: string): CodeableConcept => ({ coding: [{ system, code }] });

/**
 * Writes an allergy for about one person in six; of the others half were asked and have none, half were never asked.
 * @returns what was written
 */
export function addAllergies(chart: Chart, random: Random, person: PersonFacts, time: number): AllergyIntolerance[] {
  const add = (label: string, content: Partial<AllergyIntolerance>): AllergyIntolerance =>
    chart.add<AllergyIntolerance>(
      {
        resourceType: 'AllergyIntolerance',
        clinicalStatus: coded(SYSTEMS.allergyClinical, 'active'),
        patient: chart.patient,
        recordedDate: localInstant(time),
        recorder: postReference('clinician', person.facility),
        ...content,
      },
      { label: `allergy|${label}`, time, custodian: person.facility, profile: profileUrl('alergia') },
    );
  const verified = (code: string): CodeableConcept => coded(SYSTEMS.allergyVerification, code);
  if (!random.chance(0.16))
    return random.chance(0.5)
      ? [add('none', { verificationStatus: verified('confirmed'), code: NO_KNOWN_ALLERGIES })]
      : [];
  const { key, display, category, atc, reaction } = random.weighted(catalogue.allergens, ({ weight }) => weight);
  const severe = random.chance(0.12);
  return [
    add(key, {
      verificationStatus: verified(random.chance(0.3) ? 'confirmed' : 'unconfirmed'),
      type: 'allergy',
      category: [category],
      criticality: severe ? 'high' : 'low',
      code: { ...(atc ? { coding: [{ system: SYSTEMS.atc, code: atc, display }] } : {}), text: display },
      reaction: [{ manifestation: [{ text: severe ? 'Anafilaxia' : reaction }], severity: severe ? 'severe' : 'mild' }],
    }),
  ];
}
