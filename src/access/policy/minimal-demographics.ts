import type { Identifier, Patient } from '@medplum/fhirtypes';
import type { FoundResource } from '../../store/envelope.js';
import { PERSONAL_NUMBERS } from './personal-numbers.js';

const KEPT = ['resourceType', 'id', 'identifier', 'active', 'name', 'gender', 'birthDate', 'deceasedBoolean'] as const;

/** The numbers of the person herself. Who assigned one would tell where she is treated. */
const personalNumbers = (identifiers: readonly Identifier[]): Identifier[] =>
  identifiers
    .filter(({ system }) => system !== undefined && PERSONAL_NUMBERS.has(system))
    .map(({ assigner: _assigner, ...number }) => number);

/**
 * A patient never seen at the caller's facility, found by exact identifier: enough to recognise the person and
 * avoid a second registration, nothing else (design.md 3.7). Marked REDACTED and SUBSETTED in `meta`.
 */
export function minimalDemographics(stored: FoundResource): FoundResource {
  const patient = JSON.parse(stored.json) as Patient;
  const kept = Object.fromEntries(KEPT.filter((key) => key in patient).map((key) => [key, patient[key]]));
  const { resourceType, id, identifier: _all, ...rest } = kept;
  const identifier = personalNumbers(patient.identifier ?? []);
  const meta = {
    versionId: patient.meta?.versionId,
    lastUpdated: patient.meta?.lastUpdated,
    security: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-ObservationValue', code: 'REDACTED' }],
    tag: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-ObservationValue', code: 'SUBSETTED' }],
  };
  return {
    ...stored,
    json: JSON.stringify({ resourceType, id, meta, ...(identifier.length > 0 ? { identifier } : {}), ...rest }),
  };
}
