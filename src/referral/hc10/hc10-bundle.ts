import type { Bundle, CodeableConcept, Condition, Encounter, Reference, ServiceRequest } from '@medplum/fhirtypes';
import { profileUrl } from '../../config/canonical.js';
import { CODE_SYSTEMS } from '../../config/code-systems.js';
import { instantIn } from '../../config/honduras-time.js';
import { BundleEntries } from './bundle-entries.js';
import type { Hc10Case, StudyOrder } from './hc10-case.js';
import { hc10Observations } from './hc10-observations.js';
import { isVitalSign, observationResource } from './observation-resource.js';
import { hc10Order } from './hc10-order.js';

/** A visit in which a referral is written lasts about so long, when nobody noted its start. */
const VISIT_MS = 20 * 60_000;

const concept = (system: string, code: string, display?: string): CodeableConcept => ({
  coding: [{ system, code, ...(display === undefined ? {} : { display }) }],
});

/** v3 ActCode and words of the visit. */
const VISITS = {
  emergency: { code: 'EMER', text: 'Emergencia' },
  ambulatory: { code: 'AMB', text: 'Consulta externa' },
} as const;

function visit({ priority, patient, author, origin, written }: Hc10Case): Encounter {
  const { code, text } = VISITS[priority === 'stat' ? 'emergency' : 'ambulatory'];
  return {
    resourceType: 'Encounter',
    meta: { profile: [profileUrl('atencion')] },
    status: 'finished',
    class: { system: CODE_SYSTEMS.actCode, code },
    type: [{ text }],
    subject: patient,
    participant: [{ individual: author }],
    period: { start: instantIn(new Date(written.getTime() - VISIT_MS)), end: instantIn(written) },
    serviceProvider: origin,
  };
}

function condition({ diagnosis, patient, author, written }: Hc10Case, encounter: Reference<Encounter>): Condition {
  const { coded, text } = diagnosis;
  return {
    resourceType: 'Condition',
    meta: { profile: [profileUrl('diagnostico')] },
    clinicalStatus: concept(CODE_SYSTEMS.conditionClinical, 'active'),
    verificationStatus: concept(CODE_SYSTEMS.conditionVerification, 'provisional'),
    category: [concept(CODE_SYSTEMS.conditionCategory, 'encounter-diagnosis')],
    code: { ...(coded ? concept(CODE_SYSTEMS.icd10, coded.code, coded.display) : {}), text },
    subject: patient,
    encounter,
    recordedDate: instantIn(written),
    recorder: author,
  };
}

/** SNOMED CT categories of orders (R4 value set servicerequest-category). */
const STUDY_CATEGORY = {
  laboratory: concept(CODE_SYSTEMS.snomed, '108252007', 'Laboratory procedure'),
  imaging: concept(CODE_SYSTEMS.snomed, '363679005', 'Imaging'),
} as const;

const study = (
  { code, display, category, reason }: StudyOrder,
  { patient, author, written }: Hc10Case,
  encounter: Reference<Encounter>,
): ServiceRequest => ({
  resourceType: 'ServiceRequest',
  status: 'active',
  intent: 'order',
  category: [STUDY_CATEGORY[category]],
  code: { ...concept(CODE_SYSTEMS.loinc, code, display), text: display },
  subject: patient,
  encounter,
  authoredOn: instantIn(written),
  requester: author,
  ...(reason === undefined ? {} : { note: [{ text: reason }] }),
});

/**
 * The Bundle that sends a filled form HC-10 with `ServiceRequest/$submit`: the visit, the diagnosis, signs and findings,
 * allergies, studies and the order, in this order. The placer number makes the sending repeatable.
 * @param more adds entries of the caller's own before the order; what it gives goes along as supporting information
 */
export function hc10Bundle(form: Hc10Case, more: (entries: BundleEntries) => readonly Reference[] = () => []): Bundle {
  const entries = new BundleEntries(form.placer);
  const encounter = entries.add(visit(form));
  const diagnosis = entries.add(condition(form, encounter));
  const contents = [...hc10Observations(form.values), ...(form.results ?? [])];
  const scene = { patient: form.patient, author: form.author, time: instantIn(form.written), encounter };
  const observed = contents.map((content) => ({
    content,
    reference: entries.add(observationResource(content, scene)),
  }));
  const told = (form.allergies ?? []).map((allergy) =>
    entries.add({
      ...allergy,
      meta: { profile: [profileUrl('alergia')] },
      patient: form.patient,
      recordedDate: instantIn(form.written),
      recorder: form.author,
    }),
  );
  const studies = (form.studies ?? []).map((one) => entries.add(study(one, form, encounter)));
  const attached = more(entries);
  entries.add(
    hc10Order(form, {
      encounter,
      condition: diagnosis,
      supporting: [
        ...told,
        ...observed.map(({ reference }) => reference),
        ...studies,
        ...attached,
        ...(form.attached ?? []),
      ],
      vitals: observed.filter(({ content }) => isVitalSign(content)).map(({ reference }) => reference),
    }),
  );
  return entries.bundle;
}
