import type {
  Bundle,
  Composition,
  CompositionSection,
  DocumentReference,
  Reference,
  ServiceRequest,
} from '@medplum/fhirtypes';
import { codeSystemUrl, extensionUrl, SID } from '../../config/canonical.js';
import { documentReference } from '../../referral/answer-document.js';
import { answerSection } from '../../referral/answer-section.js';
import { PROFILES } from '../../referral/vocabulary.js';
import { facilityReference } from '../catalogue-ids.js';
import type { Facility } from '../catalogue-schema.js';
import { postReference } from '../post-resources.js';
import type { Random } from '../random.js';
import { localInstant } from './calendar.js';
import type { Chart } from './chart.js';
import { SYSTEMS } from './code-systems.js';
import type { ReferralCase } from './referral-order.js';

/** Dispositions that leave the patient to the origin, with their plan. */
const ENDINGS = [
  { code: 'discharge', plan: 'Continuar el tratamiento y controlar en un mes. Referir de nuevo si empeora.' },
  { code: 'discharge', plan: 'Repetir exámenes en tres meses y enviar resultados si salen alterados.' },
  { code: 'control', plan: 'Mantener el tratamiento hasta el próximo control en este hospital.' },
] as const;

const withEntry = (base: CompositionSection, reference: string): CompositionSection => ({
  ...base,
  entry: [{ reference }],
});

/** The answer's plan for the origin in words. */
export interface Answer {
  readonly composition: Composition & { id: string };
  readonly plan: string;
}

/** Writes the answer (respuesta): the Composition, the document that holds it, and its index entry. */
export function addAnswer(
  chart: Chart,
  random: Random,
  referral: ReferralCase,
  order: ServiceRequest & { id: string },
  at: { time: number; facility: Facility; encounter: Reference },
): Answer {
  const { time, facility, encounter } = at;
  const { diagnosis, condition } = referral.visit;
  const label = `answer|${referral.number}`;
  const ending = random.pick(ENDINGS);
  const author = postReference('specialist', facility);
  const when = localInstant(time);
  const identifier = { system: SID.referencia, value: `${referral.number}-R1` };
  const display = diagnosis.display.toLowerCase();
  const composition = chart.add<Composition>(
    {
      resourceType: 'Composition',
      extension: [
        {
          url: extensionUrl('disposition'),
          valueCodeableConcept: { coding: [{ system: codeSystemUrl('disposition'), code: ending.code }] },
        },
      ],
      identifier,
      status: 'final',
      type: { coding: [{ system: SYSTEMS.loinc, code: '11488-4', display: 'Consult note' }], text: 'Respuesta' },
      subject: chart.patient,
      encounter: encounter as Composition['encounter'],
      date: when,
      author: [author],
      title: 'Respuesta a referencia',
      attester: [{ mode: 'professional', time: when, party: author }],
      custodian: facilityReference(facility),
      event: [{ detail: [{ reference: `ServiceRequest/${order.id}` }] }],
      section: [
        answerSection('summary', `Se valoró por ${display}. Estable; se ajustó el tratamiento.`),
        withEntry(answerSection('diagnosis', `${diagnosis.display} (${diagnosis.code}).`), `Condition/${condition.id}`),
        {
          ...answerSection('medications', 'Sin medicamentos nuevos.'),
          emptyReason: { coding: [{ system: SYSTEMS.listEmpty, code: 'nilknown' }] },
        },
        answerSection('plan', ending.plan),
        answerSection(
          'patient-message',
          'Tome sus medicinas como se le indicó y lleve esta hoja a su centro de salud.',
        ),
      ],
    },
    { label, time, custodian: facility, profile: PROFILES.answer },
  );
  const document = chart.add<Bundle>(
    {
      resourceType: 'Bundle',
      identifier,
      type: 'document',
      timestamp: when,
      entry: [
        { fullUrl: `urn:uuid:${composition.id.slice(5)}`, resource: composition },
        { fullUrl: `urn:uuid:${chart.patientId.slice(5)}`, resource: chart.person },
      ],
    },
    { label, time, custodian: facility, profile: PROFILES.answerDocument },
  );
  const {
    resourceType,
    id: _id,
    meta: _meta,
    ...rest
  } = documentReference({
    document,
    composition,
    referralId: order.id,
    now: new Date(time),
    replaces: [],
  }) as DocumentReference & { id?: string };
  chart.add<DocumentReference>({ resourceType, ...rest }, { label, time, custodian: facility });
  return { composition, plan: ending.plan };
}
