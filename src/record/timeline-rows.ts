import type { CodeableConcept, Period, Reference, Resource } from '@medplum/fhirtypes';
import { visitClassWords } from './visit-class.js';
import { resultText } from './result-text.js';

/** One line of a person's timeline. */
export interface TimelineRow {
  /** FHIR date or dateTime as recorded. */
  readonly date: string;
  readonly text: string;
  readonly status?: string;
  /** Where, as a reference. */
  readonly place?: Reference;
}

const coded = (concept: CodeableConcept | undefined, fallback = ''): string =>
  concept?.text ?? concept?.coding?.find(({ display }) => display)?.display ?? concept?.coding?.[0]?.code ?? fallback;
const start = (period: Period | undefined): string | undefined => period?.start ?? period?.end;

function observed(resource: Extract<Resource, { resourceType: 'Observation' }>): string {
  const value = resultText(resource);
  return value === '' ? coded(resource.code) : `${coded(resource.code)}: ${value}`;
}

type RowOf = {
  [T in Resource['resourceType']]?: (resource: Extract<Resource, { resourceType: T }>) => Partial<TimelineRow>;
};

/** How each type of resource appears in the timeline: when, what, where. Types without a row do not appear. */
const ROWS: RowOf = {
  Encounter: (r) => ({
    date: start(r.period),
    text: coded(r.type?.[0], visitClassWords(r.class).es),
    place: r.serviceProvider,
  }),
  Condition: (r) => ({ date: r.recordedDate ?? r.onsetDateTime, text: coded(r.code) }),
  Observation: (r) => ({ date: r.effectiveDateTime ?? start(r.effectivePeriod) ?? r.issued, text: observed(r) }),
  MedicationRequest: (r) => ({ date: r.authoredOn, text: coded(r.medicationCodeableConcept) }),
  MedicationStatement: (r) => ({
    date: r.effectiveDateTime ?? start(r.effectivePeriod) ?? r.dateAsserted,
    text: coded(r.medicationCodeableConcept),
  }),
  Procedure: (r) => ({ date: r.performedDateTime ?? start(r.performedPeriod), text: coded(r.code) }),
  Immunization: (r) => ({ date: r.occurrenceDateTime, text: coded(r.vaccineCode), place: r.location }),
  DiagnosticReport: (r) => ({
    date: r.effectiveDateTime ?? start(r.effectivePeriod) ?? r.issued,
    text: r.conclusion === undefined ? coded(r.code) : `${coded(r.code)}: ${r.conclusion}`,
    place: r.performer?.[0],
  }),
  ServiceRequest: (r) => ({
    date: r.authoredOn,
    text: coded(r.reasonCode?.[0], coded(r.code)),
    place: r.performer?.[0],
  }),
  Appointment: (r) => ({ date: r.start, text: coded(r.specialty?.[0], r.description ?? '') }),
  Composition: (r) => ({ date: r.date, text: r.title, place: r.custodian }),
  // The respuesta stands here as its Composition: the index entry of the same document would repeat it.
  DocumentReference: (r) =>
    r.content[0]?.attachment.url?.startsWith('Bundle/')
      ? {}
      : { date: r.date, text: r.description ?? coded(r.type, r.content[0]?.attachment.title ?? '') },
};

/** Row of one resource, or undefined for a type that does not appear or a resource without a date. */
export function timelineRow(resource: Resource): TimelineRow | undefined {
  const make = ROWS[resource.resourceType] as ((resource: Resource) => Partial<TimelineRow>) | undefined;
  const row = make?.(resource);
  if (row?.date === undefined) return undefined;
  const status = 'status' in resource && typeof resource.status === 'string' ? resource.status : undefined;
  return {
    date: row.date,
    text: row.text ?? '',
    ...(status === undefined ? {} : { status }),
    ...(row.place ? { place: row.place } : {}),
  };
}

/** Text of an allergy: substance and how grave. */
export const allergyText = (resource: Extract<Resource, { resourceType: 'AllergyIntolerance' }>): string =>
  resource.criticality === undefined ? coded(resource.code) : `${coded(resource.code)} (${resource.criticality})`;
