import type { AllergyIntolerance, Extension, ServiceRequest } from '@medplum/fhirtypes';
import { codeSystemUrl, extensionUrl, SID } from '../../config/canonical.js';
import { PROFILES } from '../../referral/vocabulary.js';
import { stateRow } from '../../referral/states.js';
import { facilityReference } from '../catalogue-ids.js';
import type { Facility } from '../catalogue-schema.js';
import { postReference } from '../post-resources.js';
import type { Random } from '../random.js';
import { specialtyDisplay } from '../service-resources.js';
import { localInstant, MINUTE } from './calendar.js';
import type { Chart } from './chart.js';
import type { PersonFacts } from './person-facts.js';
import type { ReferralPlan } from './referral-plan.js';
import type { Visit } from './visits.js';

/** A referral about to be written. */
export interface ReferralCase {
  readonly plan: ReferralPlan;
  readonly visit: Visit;
  readonly destination: Facility;
  readonly allergies: readonly AllergyIntolerance[];
  /** National number; unique by seed and person. */
  readonly number: string;
  /** Exit cause (code system `exit-cause`) when the referral was revoked. */
  readonly exit: string;
}

const PURPOSES = ['diagnostico', 'tratamiento', 'tratamiento', 'seguimiento', 'rehabilitacion'] as const;
const QUESTIONS = [
  '¿Qué estudios y tratamiento recomienda?',
  '¿Amerita cirugía?',
  '¿Puede continuar el control en este establecimiento?',
  '¿Confirma el diagnóstico?',
] as const;

const coded = (id: string, code: string, text?: string): Extension => ({
  url: extensionUrl(id),
  valueCodeableConcept: { coding: [{ system: codeSystemUrl(id), code }], ...(text ? { text } : {}) },
});

function urgencyOf({ plan, visit }: ReferralCase): Extension[] {
  if (plan.priority === 'routine') return [];
  const text = plan.emergency
    ? 'Riesgo inmediato para la vida.'
    : `Los síntomas de ${visit.diagnosis.display.toLowerCase()} empeoran.`;
  return [{ url: extensionUrl('urgency-justification'), valueString: text }];
}

function priorContact(random: Random, plan: ReferralPlan): Extension[] {
  if (!plan.emergency && random.chance(0.6)) return [];
  return [
    {
      url: extensionUrl('prior-contact'),
      extension: [
        { url: 'contacted', valueBoolean: true },
        { url: 'post', valueString: plan.emergency ? 'Médico de emergencia' : 'Unidad de Atención al Usuario' },
        { url: 'time', valueDateTime: localInstant(plan.steps[0].time - 15 * MINUTE) },
      ],
    },
  ];
}

/** Writes the order of form HC-10: what the origin asks and sends along. */
export function addReferralOrder(
  chart: Chart,
  random: Random,
  person: PersonFacts,
  referral: ReferralCase,
): ServiceRequest & { id: string } {
  const { plan, visit, destination, allergies, number, exit } = referral;
  const { diagnosis } = visit;
  const status = stateRow(plan.steps.at(-1)!.state).request;
  const specialty = diagnosis.specialty;
  return chart.add<ServiceRequest>(
    {
      resourceType: 'ServiceRequest',
      extension: [
        { url: extensionUrl('clinical-question'), valueString: random.pick(QUESTIONS) },
        ...urgencyOf(referral),
        coded('care-requested', plan.emergency ? 'emergencia' : 'consulta-externa'),
        ...priorContact(random, plan),
        coded('risk', plan.priority === 'routine' ? 'sin-riesgo' : 'con-riesgo'),
        ...(plan.emergency ? [coded('transport', random.pick(['ambulance', 'ambulance-911', 'private-vehicle']))] : []),
        ...(status === 'revoked'
          ? [
              {
                url: extensionUrl('status-reason'),
                valueCodeableConcept: { coding: [{ system: codeSystemUrl('exit-cause'), code: exit }] },
              },
            ]
          : []),
      ],
      identifier: [
        { system: SID.referencia, value: number },
        { system: SID.placer, value: number, assigner: facilityReference(person.facility) },
      ],
      status,
      intent: 'order',
      category: [{ coding: [{ system: codeSystemUrl('referral-category'), code: 'referencia' }] }],
      priority: plan.priority,
      code: { text: `Referencia a ${specialtyDisplay(specialty)}` },
      subject: chart.patient,
      encounter: { reference: `Encounter/${visit.encounter.id}` },
      authoredOn: localInstant(plan.steps[0].time),
      requester: postReference('clinician', person.facility),
      performerType: {
        coding: [{ system: codeSystemUrl('specialty'), code: specialty, display: specialtyDisplay(specialty) }],
      },
      performer: [facilityReference(destination)],
      reasonCode: [
        {
          coding: [{ system: codeSystemUrl('referral-purpose'), code: random.pick(PURPOSES) }],
          text: diagnosis.display,
        },
      ],
      reasonReference: [{ reference: `Condition/${visit.condition.id}` }],
      supportingInfo: [
        ...allergies.map(({ id }) => ({ reference: `AllergyIntolerance/${id}` })),
        ...visit.findings.map(({ id }) => ({ reference: `Observation/${id}` })),
      ],
      patientInstruction: 'Presente esta hoja y su identidad en admisión. Si empeora, acuda a emergencia.',
    },
    { label: `referral|${number}`, time: plan.steps[0].time, custodian: person.facility, profile: PROFILES.referral },
  );
}
