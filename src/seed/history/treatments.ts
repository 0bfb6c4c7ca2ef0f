import type { AllergyIntolerance, MedicationStatement, Reference } from '@medplum/fhirtypes';
import { catalogue } from '../catalogue.js';
import type { Diagnosis } from '../catalogue-schema.js';
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

/** Writes an allergy for about one person in six; gives what was written. */
export function addAllergies(chart: Chart, random: Random, person: PersonFacts, time: number): AllergyIntolerance[] {
  if (!random.chance(0.16)) return [];
  const { key, display, category, atc, reaction } = random.weighted(catalogue.allergens, ({ weight }) => weight);
  const severe = random.chance(0.12);
  return [
    chart.add<AllergyIntolerance>(
      {
        resourceType: 'AllergyIntolerance',
        clinicalStatus: { coding: [{ system: SYSTEMS.allergyClinical, code: 'active' }] },
        verificationStatus: {
          coding: [{ system: SYSTEMS.allergyVerification, code: random.chance(0.3) ? 'confirmed' : 'unconfirmed' }],
        },
        type: 'allergy',
        category: [category],
        criticality: severe ? 'high' : 'low',
        code: { ...(atc ? { coding: [{ system: SYSTEMS.atc, code: atc, display }] } : {}), text: display },
        patient: chart.patient,
        recordedDate: localInstant(time),
        reaction: [
          { manifestation: [{ text: severe ? 'Anafilaxia' : reaction }], severity: severe ? 'severe' : 'mild' },
        ],
      },
      { label: `allergy|${key}`, time, custodian: person.facility },
    ),
  ];
}
