import type {
  Bundle,
  BundleEntry,
  Composition,
  CompositionSection,
  Condition,
  Encounter,
  Extension,
  Organization,
  Patient,
  PractitionerRole,
  Reference,
} from '@medplum/fhirtypes';
import { v5 as uuid } from 'uuid';
import { codeSystemUrl, extensionUrl, SID } from '../config/canonical.js';
import { CODE_SYSTEMS } from '../config/code-systems.js';
import { type AnswerSectionCode, answerSection, sectionOf } from './answer-section.js';
import type { ObservationContent } from './hc10/hc10-observations.js';
import { observationResource } from './hc10/observation-resource.js';
import { PROFILES } from './vocabulary.js';

/** What the destination answers, in words. */
export interface AnswerText {
  readonly summary: string;
  readonly diagnosis: string;
  /** CIE-10 code of the diagnosis. */
  readonly diagnosisCode?: string;
  readonly findings?: string;
  readonly treatment?: string;
  /** Empty: said explicitly that there are none. */
  readonly medications: readonly string[];
  readonly plan: string;
  /** Next visit at the destination. */
  readonly nextVisit?: string;
  readonly warning?: string;
  /** In plain words. */
  readonly message: string;
  /** Code of `disposition`. */
  readonly disposition: string;
}

/** What an answer is about, and who gives it. */
export interface AnswerScene {
  /** National number of the referral. */
  readonly number: string;
  /** Id of the ServiceRequest. */
  readonly order: string;
  readonly patient: Patient & { readonly id: string };
  /** The visit; none for advice without one. */
  readonly encounter?: Reference<Encounter>;
  readonly facility: Reference<Organization>;
  readonly author: Reference<PractitionerRole>;
  /** Moment of the answer, FHIR dateTime. */
  readonly time: string;
  /** Which of the answers to the referral it is; the first final one when absent. */
  readonly edition?: AnswerEdition;
}

/** An answer before the end, the answer, or a corrected one. */
export interface AnswerEdition {
  readonly status: Extract<Composition['status'], 'preliminary' | 'final' | 'amended'>;
  /** What tells its number from those of the other answers: `R1`, `P1`, `R2`. */
  readonly suffix: string;
}

const FIRST: AnswerEdition = { status: 'final', suffix: 'R1' };

const TITLES: Readonly<Record<AnswerEdition['status'], string>> = {
  preliminary: 'Respuesta parcial a la referencia',
  final: 'Respuesta a la referencia',
  amended: 'Respuesta corregida a la referencia',
};

/** What the sheet HC-10 says when it is filled as a respuesta, beyond the texts of the sections. */
export interface AnswerSheet {
  /** Signs and findings, without person, time and author. */
  readonly observations: readonly ObservationContent[];
  readonly extension: readonly Extension[];
  /** Codes of `referral-purpose`: what the patient is sent back for. */
  readonly motives: readonly string[];
}
const EMPTY_SHEET: AnswerSheet = { observations: [], extension: [], motives: [] };

const NO_MEDICINES = { emptyReason: { coding: [{ system: CODE_SYSTEMS.listEmpty, code: 'nilknown' }] } };

/** Words and measured things of one section; left out when there are neither. */
function findings(text: string | undefined, observed: readonly string[]): CompositionSection[] {
  if (text === undefined && observed.length === 0) return [];
  return [
    {
      ...(text === undefined ? sectionOf('findings') : answerSection('findings', text)),
      ...(observed.length > 0 ? { entry: observed.map((reference) => ({ reference })) } : {}),
    },
  ];
}

function sections(
  answer: AnswerText,
  condition: string | undefined,
  observed: readonly string[],
): CompositionSection[] {
  const optional = (code: AnswerSectionCode, text: string | undefined): CompositionSection[] =>
    text === undefined ? [] : [answerSection(code, text)];
  return [
    answerSection('summary', answer.summary),
    {
      ...answerSection('diagnosis', answer.diagnosis),
      ...(condition === undefined ? {} : { entry: [{ reference: condition }] }),
    },
    ...findings(answer.findings, observed),
    ...optional('treatment', answer.treatment),
    {
      ...answerSection('medications', answer.medications.join('\n') || 'Sin medicamentos nuevos.'),
      ...(answer.medications.length > 0 ? {} : NO_MEDICINES),
    },
    answerSection('plan', answer.plan),
    ...optional('next-visit', answer.nextVisit),
    ...optional('warning-signs', answer.warning),
    answerSection('patient-message', answer.message),
  ];
}

/** The diagnosis as data, beside its words. */
const conditionOf = (
  { diagnosis }: AnswerText,
  code: string,
  { patient, encounter, time }: AnswerScene,
): Condition => ({
  resourceType: 'Condition',
  clinicalStatus: { coding: [{ system: CODE_SYSTEMS.conditionClinical, code: 'active' }] },
  verificationStatus: { coding: [{ system: CODE_SYSTEMS.conditionVerification, code: 'confirmed' }] },
  code: { coding: [{ system: CODE_SYSTEMS.icd10, code }], text: diagnosis },
  subject: { reference: `Patient/${patient.id}` },
  ...(encounter ? { encounter } : {}),
  recordedDate: time,
});

/**
 * The answer (respuesta) as a FHIR document, profile `respuesta-documento`: a Bundle that begins with the Composition
 * (profile `respuesta`) and holds the patient, the coded diagnosis and what was measured.
 */
export function buildAnswer(answer: AnswerText, scene: AnswerScene, sheet: AnswerSheet = EMPTY_SHEET): Bundle {
  const { number, order, patient, encounter, facility, author, time, edition = FIRST } = scene;
  const { status, suffix } = edition;
  const identifier = { system: SID.referencia, value: `${number}-${suffix}` };
  const own = edition === FIRST ? number : `${number}-${suffix}`;
  const link = (type: string): string => `urn:uuid:${uuid(`${own}|${type}`, uuid.URL)}`;
  const { diagnosisCode } = answer;
  const condition = diagnosisCode === undefined ? undefined : link('Condition');
  const observed = sheet.observations.map((content, index): BundleEntry & { fullUrl: string } => ({
    fullUrl: link(`Observation/${index}`),
    resource: observationResource(content, {
      patient: { reference: `Patient/${patient.id}` },
      author,
      time,
      ...(encounter ? { encounter } : {}),
    }),
  }));
  const purposes = sheet.motives.map((code) => ({ coding: [{ system: codeSystemUrl('referral-purpose'), code }] }));
  const composition: Composition = {
    resourceType: 'Composition',
    meta: { profile: [PROFILES.answer] },
    extension: [
      {
        url: extensionUrl('disposition'),
        valueCodeableConcept: { coding: [{ system: codeSystemUrl('disposition'), code: answer.disposition }] },
      },
      ...sheet.extension,
    ],
    identifier,
    status,
    type: { coding: [{ system: CODE_SYSTEMS.loinc, code: '11488-4' }], text: 'Respuesta' },
    subject: { reference: `Patient/${patient.id}` },
    ...(encounter ? { encounter } : {}),
    date: time,
    author: [author],
    title: `${TITLES[status]} ${number}`,
    attester: [{ mode: 'professional', time, party: author }],
    custodian: facility,
    event: [{ ...(purposes.length > 0 ? { code: purposes } : {}), detail: [{ reference: `ServiceRequest/${order}` }] }],
    section: sections(
      answer,
      condition,
      observed.map(({ fullUrl }) => fullUrl),
    ),
  };
  const coded: BundleEntry[] =
    diagnosisCode === undefined || condition === undefined
      ? []
      : [{ fullUrl: condition, resource: conditionOf(answer, diagnosisCode, scene) }];
  return {
    resourceType: 'Bundle',
    meta: { profile: [PROFILES.answerDocument] },
    identifier,
    type: 'document',
    timestamp: time,
    entry: [
      { fullUrl: link('Composition'), resource: composition },
      { fullUrl: link('Patient'), resource: patient },
      ...coded,
      ...observed,
    ],
  };
}
