/** Resource types by what their content means for access. Every supported type is in exactly one group. */
export const TYPE_GROUPS = {
  /** Who and where: no patient data. */
  directory: ['Organization', 'Location', 'HealthcareService', 'Practitioner', 'PractitionerRole', 'Schedule', 'Slot'],
  person: ['Patient', 'RelatedPerson', 'Group'],
  /** The referral and what moves it. */
  workflow: ['ServiceRequest', 'Task', 'Appointment', 'Communication'],
  visit: ['Encounter'],
  clinical: [
    'Condition',
    'Observation',
    'AllergyIntolerance',
    'MedicationRequest',
    'MedicationStatement',
    'Procedure',
    'Immunization',
    'DiagnosticReport',
    'DocumentReference',
    'Binary',
    'Composition',
    'Bundle',
    'Consent',
    'List',
  ],
  provenance: ['Provenance'],
  audit: ['AuditEvent'],
  /** What others are told about, and where: no patient data. */
  subscription: ['Subscription'],
  /** Definitions of FHIR and of the guide: no patient data, read only, held in memory. */
  conformance: [
    'StructureDefinition',
    'ValueSet',
    'CodeSystem',
    'ConceptMap',
    'SearchParameter',
    'OperationDefinition',
  ],
} as const;

export type TypeGroup = keyof typeof TYPE_GROUPS;

const GROUP_OF: ReadonlyMap<string, TypeGroup> = new Map(
  Object.entries(TYPE_GROUPS).flatMap(([group, types]) => types.map((type) => [type as string, group as TypeGroup])),
);

/** Group of a resource type; undefined for a type that is not supported. */
export const groupOf = (type: string): TypeGroup | undefined => GROUP_OF.get(type);

const WITHOUT_PATIENTS: ReadonlySet<TypeGroup | undefined> = new Set([
  undefined,
  'directory',
  'audit',
  'subscription',
  'conformance',
]);

/** True for types whose resources belong to a person's record, or name people. */
export const concernsPatients = (type: string): boolean => !WITHOUT_PATIENTS.has(groupOf(type));

/** True for definitions (`src/fhir/conformance`). */
export const isConformanceType = (type: string): boolean => groupOf(type) === 'conformance';
