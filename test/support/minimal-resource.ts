import type { Coding, Reference, Resource } from '@medplum/fhirtypes';

/** What the resources refer to. */
export interface MinimalLinks {
  readonly patient: string;
  readonly organization: string;
  /** A Schedule, for slots. */
  readonly schedule: string;
}

const WHEN = '2026-05-03T10:00:00-06:00';
const LATER = '2026-05-03T10:20:00-06:00';
const code = { text: 'Prueba' };
const coded = (system: string, value: string): { coding: Coding[] } => ({
  coding: [{ system: `http://terminology.hl7.org/CodeSystem/${system}`, code: value }],
});

/** The smallest valid resource of each type; those of a compartment name the patient. */
const MAKERS: Readonly<
  Record<string, (to: { patient: Reference; organization: Reference; schedule: Reference }) => object>
> = {
  Patient: () => ({ name: [{ family: 'Mínima' }] }),
  RelatedPerson: ({ patient }) => ({ patient }),
  Practitioner: () => ({}),
  PractitionerRole: () => ({ active: true }),
  Organization: () => ({ name: 'Mínima' }),
  Location: () => ({ name: 'Mínima' }),
  HealthcareService: () => ({ name: 'Mínima' }),
  Group: ({ organization }) => ({ type: 'person', actual: true, managingEntity: organization }),
  Schedule: () => ({ actor: [{ display: 'Consulta' }] }),
  Slot: ({ schedule }) => ({ schedule, status: 'free', start: WHEN, end: LATER }),
  Encounter: ({ patient: subject }) => ({
    status: 'finished',
    class: { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'AMB' },
    subject,
  }),
  Condition: ({ patient: subject }) => ({ clinicalStatus: coded('condition-clinical', 'active'), code, subject }),
  Observation: ({ patient: subject }) => ({ status: 'final', code, subject }),
  AllergyIntolerance: ({ patient }) => ({ clinicalStatus: coded('allergyintolerance-clinical', 'active'), patient }),
  MedicationRequest: ({ patient: subject }) => ({
    status: 'active',
    intent: 'order',
    medicationCodeableConcept: code,
    subject,
  }),
  MedicationStatement: ({ patient: subject }) => ({ status: 'active', medicationCodeableConcept: code, subject }),
  Procedure: ({ patient: subject }) => ({ status: 'completed', code, subject }),
  Immunization: ({ patient }) => ({ status: 'completed', vaccineCode: code, patient, occurrenceDateTime: WHEN }),
  DiagnosticReport: ({ patient: subject }) => ({ status: 'final', code, subject }),
  DocumentReference: ({ patient: subject }) => ({
    status: 'current',
    subject,
    content: [{ attachment: { contentType: 'text/plain', title: 'Nota' } }],
  }),
  Binary: ({ patient: securityContext }) => ({ contentType: 'text/plain', securityContext, data: 'aG9sYQ==' }),
  ServiceRequest: ({ patient: subject }) => ({ status: 'active', intent: 'order', code, subject }),
  Task: ({ patient }) => ({ status: 'requested', intent: 'order', for: patient }),
  Appointment: ({ patient: actor }) => ({ status: 'proposed', participant: [{ actor, status: 'accepted' }] }),
  Subscription: () => ({
    status: 'requested',
    reason: 'Prueba',
    criteria: 'Task?status=requested',
    channel: { type: 'rest-hook', endpoint: 'https://receptor.example.org/fhir' },
  }),
  List: ({ patient: subject }) => ({ status: 'current', mode: 'working', subject }),
  Communication: ({ patient: subject }) => ({ status: 'completed', subject }),
  Composition: ({ patient: subject, organization }) => ({
    status: 'final',
    type: code,
    subject,
    date: WHEN,
    author: [organization],
    title: 'Nota',
  }),
  Bundle: ({ patient: subject, organization }) => ({
    type: 'document',
    identifier: { system: 'urn:ietf:rfc:3986', value: 'urn:uuid:6e1b7c5e-0000-4000-8000-000000000001' },
    timestamp: WHEN,
    entry: [
      {
        fullUrl: 'urn:uuid:6e1b7c5e-0000-4000-8000-000000000002',
        resource: {
          resourceType: 'Composition',
          status: 'final',
          type: code,
          subject,
          date: WHEN,
          author: [organization],
          title: 'Nota',
        },
      },
    ],
  }),
  Consent: ({ patient }) => ({
    status: 'active',
    scope: coded('consentscope', 'patient-privacy'),
    category: [coded('v3-ActCode', 'INFA')],
    patient,
    policyRule: coded('v3-ActCode', 'OPTIN'),
  }),
  Provenance: ({ patient: target, organization: who }) => ({ target: [target], recorded: WHEN, agent: [{ who }] }),
};

/**
 * The smallest valid resource of a type that the service lets clients create.
 * Throws an Error for a type without one, so that a new type is noticed.
 */
export function minimalResource(type: string, links: MinimalLinks): Resource {
  const make = MAKERS[type];
  if (!make) throw new Error(`no minimal ${type}`);
  const elements = make({
    patient: { reference: `Patient/${links.patient}` },
    organization: { reference: `Organization/${links.organization}` },
    schedule: { reference: `Schedule/${links.schedule}` },
  });
  return { resourceType: type, ...elements } as Resource;
}
