import type { Bundle, Composition, Encounter, Patient, Reference } from '@medplum/fhirtypes';
import { v5 as uuid } from 'uuid';
import { codeSystemUrl, extensionUrl, profileUrl, SID } from '../config/canonical.js';
import { localInstant } from '../seed/history/calendar.js';
import { SYSTEMS } from '../seed/history/code-systems.js';
import { answerSection } from '../seed/history/referral-answer.js';
import type { StepOf } from './demo-data.js';
import type { DirectoryFacility, Post } from './directory.js';

/** What an answer is about, and who gives it. */
export interface AnswerScene {
  /** National number of the referral. */
  readonly number: string;
  /** Id of the ServiceRequest. */
  readonly order: string;
  readonly patient: Patient & { readonly id: string };
  readonly encounter: Reference<Encounter>;
  /** CIE-10 code and words. */
  readonly diagnosis: string;
  readonly facility: DirectoryFacility;
  readonly author: Post;
  /** Moment of the answer, ms since 1970. */
  readonly now: number;
}

const NO_MEDICINES = { emptyReason: { coding: [{ system: SYSTEMS.listEmpty, code: 'nilknown' }] } };

function sections(step: StepOf<'respond'>, diagnosis: string): Composition['section'] {
  const { summary, findings, treatment, medications, plan, message, warning } = step;
  const optional = (code: string, title: string, text: string | undefined): NonNullable<Composition['section']> =>
    text === undefined ? [] : [answerSection(code, title, text)];
  return [
    answerSection('summary', 'Resumen y respuesta a la pregunta', summary),
    answerSection('diagnosis', 'Diagnóstico', diagnosis),
    ...optional('findings', 'Hallazgos y exámenes', findings),
    ...optional('treatment', 'Tratamiento dado', treatment),
    {
      ...answerSection('medications', 'Medicamentos', medications.join('. ') || 'Sin medicamentos nuevos.'),
      ...(medications.length > 0 ? {} : NO_MEDICINES),
    },
    answerSection('plan', 'Plan para el establecimiento de origen', plan),
    ...optional('warning-signs', 'Señales de alarma', warning),
    answerSection('patient-message', 'Mensaje para el paciente', message),
  ];
}

/** The answer (respuesta) as a FHIR document: a Bundle that begins with the Composition and holds the patient. */
export function answerDocument(step: StepOf<'respond'>, scene: AnswerScene): Bundle {
  const { number, order, patient, encounter, facility, author, now } = scene;
  const identifier = { system: SID.referencia, value: `${number}-R1` };
  const time = localInstant(now);
  const composition: Composition = {
    resourceType: 'Composition',
    meta: { profile: [profileUrl('respuesta')] },
    extension: [
      {
        url: extensionUrl('disposition'),
        valueCodeableConcept: { coding: [{ system: codeSystemUrl('disposition'), code: step.disposition }] },
      },
    ],
    identifier,
    status: 'final',
    type: { coding: [{ system: SYSTEMS.loinc, code: '11488-4' }], text: 'Respuesta' },
    subject: { reference: `Patient/${patient.id}` },
    encounter,
    date: time,
    author: [author],
    title: `Respuesta a la referencia ${number}`,
    attester: [{ mode: 'professional', time, party: author }],
    custodian: facility.reference,
    event: [{ detail: [{ reference: `ServiceRequest/${order}` }] }],
    section: sections(step, scene.diagnosis),
  };
  const link = (type: string): string => `urn:uuid:${uuid(`${number}|${type}`, uuid.URL)}`;
  return {
    resourceType: 'Bundle',
    meta: { profile: [profileUrl('respuesta-documento')] },
    identifier,
    type: 'document',
    timestamp: time,
    entry: [
      { fullUrl: link('Composition'), resource: composition },
      { fullUrl: link('Patient'), resource: patient },
    ],
  };
}
