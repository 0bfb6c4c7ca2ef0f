import type {
  AllergyIntolerance,
  Binary,
  Bundle,
  CodeableConcept,
  Condition,
  DocumentReference,
  Encounter,
  Reference,
  Resource,
} from '@medplum/fhirtypes';
import { v5 as uuid } from 'uuid';
import { catalogue } from '../seed/catalogue.js';
import { localInstant, MINUTE } from '../seed/history/calendar.js';
import { SYSTEMS } from '../seed/history/code-systems.js';
import { caseObservations } from './case-observations.js';
import { caseOrder, type OrderLinks, placerNumber } from './case-order.js';
import type { DemoCase, DemoPerson } from './demo-data.js';
import { onePagePdf } from './one-page-pdf.js';

/** A person and how they are referred to, with the facilities and the author of a case. */
export interface CaseScene extends Pick<OrderLinks, 'origin' | 'destination' | 'author' | 'patient'> {
  readonly person: DemoPerson;
  /** Moment of sending, ms since 1970. */
  readonly now: number;
}

/** The form is written this long before it is sent. */
const WRITING_MS = 10 * MINUTE;
/** Namespace of the demonstration's links inside Bundles (RFC 9562, version 5). */
const NAMESPACE = '5b7a3f0e-6c3e-4e0c-9a54-0d4c1f9a2b11';

const diagnoses = new Map(catalogue.diagnoses.map((diagnosis) => [diagnosis.code, diagnosis]));
const allergens = new Map(catalogue.allergens.map((allergen) => [allergen.key, allergen]));

const coding = (system: string, code: string, display?: string): CodeableConcept => ({
  coding: [{ system, code, ...(display === undefined ? {} : { display }) }],
});

/** Collects the entries of a transaction Bundle; each gets a link that others may use. */
class Entries {
  readonly bundle: Bundle = { resourceType: 'Bundle', type: 'transaction', entry: [] };
  constructor(readonly key: string) {}

  add<T extends Resource>(resource: T): Reference<T> & { reference: string } {
    const fullUrl = `urn:uuid:${uuid(`${this.key}|${this.bundle.entry?.length ?? 0}`, NAMESPACE)}`;
    this.bundle.entry?.push({ fullUrl, resource, request: { method: 'POST', url: resource.resourceType } });
    return { reference: fullUrl };
  }
}

function visit(each: DemoCase, { patient, author, origin }: CaseScene, written: number): Encounter {
  const emergency = each.priority === 'stat';
  return {
    resourceType: 'Encounter',
    status: 'finished',
    class: { system: SYSTEMS.actCode, code: emergency ? 'EMER' : 'AMB' },
    type: [{ text: emergency ? 'Emergencia' : 'Consulta externa' }],
    subject: patient,
    participant: [{ individual: author }],
    period: { start: localInstant(written - 20 * MINUTE), end: localInstant(written) },
    serviceProvider: origin.reference,
  };
}

function condition(
  each: DemoCase,
  { patient }: CaseScene,
  encounter: Reference<Encounter>,
  written: number,
): Condition {
  const found = diagnoses.get(each.diagnosis);
  if (!found) throw new RangeError(`no diagnosis ${each.diagnosis}`);
  return {
    resourceType: 'Condition',
    clinicalStatus: coding(SYSTEMS.conditionClinical, 'active'),
    verificationStatus: coding(SYSTEMS.conditionVerification, 'provisional'),
    category: [coding(SYSTEMS.conditionCategory, 'encounter-diagnosis')],
    code: { ...coding(SYSTEMS.icd10, found.code, found.display), text: found.display },
    subject: patient,
    encounter,
    recordedDate: localInstant(written),
  };
}

/** Allergies are told where the person is registered; from there they travel with every referral. */
function allergies({ person, patient, origin }: CaseScene, written: number): AllergyIntolerance[] {
  if (person.at !== origin.alias) return [];
  return (person.allergies ?? []).map((key) => {
    const allergen = allergens.get(key);
    if (!allergen) throw new RangeError(`no allergen ${key}`);
    const { display, category, atc, reaction } = allergen;
    return {
      resourceType: 'AllergyIntolerance',
      clinicalStatus: coding(SYSTEMS.allergyClinical, 'active'),
      verificationStatus: coding(SYSTEMS.allergyVerification, 'confirmed'),
      type: 'allergy',
      category: [category],
      criticality: 'high',
      code: { ...(atc === undefined ? {} : coding(SYSTEMS.atc, atc, display)), text: display },
      patient,
      recordedDate: localInstant(written),
      reaction: [{ manifestation: [{ text: reaction }] }],
    };
  });
}

/** A report as PDF: the bytes as Binary, and the DocumentReference by which the record finds them. */
function attachment(each: DemoCase, { patient, author }: CaseScene, written: number, entries: Entries): Reference[] {
  if (!each.attachment) return [];
  const { title, lines } = each.attachment;
  const pdf = onePagePdf([title, '', ...lines]);
  const binary: Binary = {
    resourceType: 'Binary',
    contentType: 'application/pdf',
    securityContext: patient,
    data: pdf.toString('base64'),
  };
  const { reference: url } = entries.add(binary);
  const document: DocumentReference = {
    resourceType: 'DocumentReference',
    status: 'current',
    type: { text: title },
    subject: patient,
    date: new Date(written).toISOString(),
    author: [author],
    description: title,
    content: [{ attachment: { contentType: 'application/pdf', language: 'es', url, size: pdf.length, title } }],
  };
  return [entries.add(document)];
}

/**
 * The Bundle that sends a case: the visit, the diagnosis, signs and results, allergies, attachments and the order.
 * Its placer number makes the sending repeatable: a second one changes nothing.
 */
export function caseBundle(each: DemoCase, scene: CaseScene): Bundle {
  const written = scene.now - WRITING_MS;
  const entries = new Entries(placerNumber(each));
  const encounter = entries.add(visit(each, scene, written));
  const diagnosis = entries.add(condition(each, scene, encounter, written));
  const observations = caseObservations(each, scene.person.sex).map((content) =>
    entries.add({
      resourceType: 'Observation',
      status: 'final',
      subject: scene.patient,
      encounter,
      effectiveDateTime: localInstant(written),
      performer: [scene.author],
      ...content,
    }),
  );
  const known = allergies(scene, written).map((allergy) => entries.add(allergy));
  const attached = attachment(each, scene, written, entries);
  const { vitals, tests } = each;
  const measured = observations.slice(0, observations.length - Object.keys(tests).length);
  entries.add(
    caseOrder(each, {
      ...scene,
      encounter,
      condition: diagnosis,
      supporting: [...known, ...observations, ...attached],
      vitals: Object.keys(vitals).length > 0 ? measured : [],
      written,
    }),
  );
  return entries.bundle;
}
