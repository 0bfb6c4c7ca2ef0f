import type { Reference, Resource } from '@medplum/fhirtypes';
import { localTarget } from '../fhir/references.js';
import type { PatientRelation } from '../store/envelope.js';

const facilityOf = (reference: Reference | undefined): string | undefined => {
  const target = reference?.reference === undefined ? undefined : localTarget(reference.reference);
  return target?.type === 'Organization' ? target.id : undefined;
};

interface RelationRule {
  readonly kind: PatientRelation['k'];
  readonly facilities: (resource: Resource) => readonly (string | undefined)[];
}

/** Facts of the record that give a facility a relation to a patient (design.md 3.7); those of referrals stand in `referral`. */
const RELATION_RULES: readonly RelationRule[] = [
  {
    kind: 'registered',
    facilities: (resource) => (resource.resourceType === 'Patient' ? [facilityOf(resource.managingOrganization)] : []),
  },
  {
    kind: 'general-practitioner',
    facilities: (resource) =>
      resource.resourceType === 'Patient' ? (resource.generalPractitioner ?? []).map(facilityOf) : [],
  },
  {
    kind: 'encounter',
    facilities: (resource) => (resource.resourceType === 'Encounter' ? [facilityOf(resource.serviceProvider)] : []),
  },
];

/** Relations that a Patient or an Encounter establishes. */
export const recordRelations = (resource: Resource): readonly PatientRelation[] =>
  RELATION_RULES.flatMap(({ kind, facilities }) =>
    facilities(resource).flatMap((f) => (f === undefined ? [] : [{ f, k: kind }])),
  );
