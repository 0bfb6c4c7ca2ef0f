import type { Patient } from '@medplum/fhirtypes';
import { extensionUrl, SID } from '../../config/canonical.js';
import { normalizeText } from '../../fhir/search/normalize-text.js';
import { plainDni } from '../dni.js';
import { foldName } from './fold-name.js';

/** What two registrations are compared by; what is not known is absent or empty. */
export interface PersonTraits {
  /** Sounds of the given names. */
  readonly given: readonly string[];
  /** Sounds of the surnames. */
  readonly surnames: readonly string[];
  /** FHIR date, of whatever precision. */
  readonly birth?: string;
  readonly sex?: string;
  /** Department and municipality, normalised. */
  readonly home?: string;
  /** Reference of the mother. */
  readonly mother?: string;
  /** Order of birth in a multiple birth. */
  readonly twin?: number;
  readonly dni?: string;
}

const extensionOf = (patient: Patient, id: string) => patient.extension?.find(({ url }) => url === extensionUrl(id));

/** Year of birth of a person whose age was estimated, as a FHIR date. */
function estimatedBirth(patient: Patient): string | undefined {
  const parts = extensionOf(patient, 'estimated-age')?.extension;
  const age = parts?.find(({ url }) => url === 'age')?.valueAge;
  const on = parts?.find(({ url }) => url === 'date')?.valueDate;
  if (age?.value === undefined || on === undefined || age.code !== 'a') return undefined;
  return String(Number(on.slice(0, 4)) - Math.floor(age.value));
}

function homeOf({ address }: Patient): string | undefined {
  const { district, city, state } = address?.[0] ?? {};
  const municipality = district ?? city;
  return municipality === undefined ? undefined : normalizeText(`${state ?? ''} ${municipality}`);
}

/** Traits of a registration, for {@link matchScore}. */
export function personTraits(patient: Patient): PersonTraits {
  const name = patient.name?.find(({ use }) => use === 'official') ?? patient.name?.[0];
  const parts = name?.family !== undefined || name?.given !== undefined;
  const birth = patient.birthDate ?? estimatedBirth(patient);
  const home = homeOf(patient);
  const mother = extensionOf(patient, 'mother')?.valueReference?.reference;
  const twin = extensionOf(patient, 'twin-order')?.valuePositiveInt;
  const dni = patient.identifier?.find(({ system }) => system === SID.dni)?.value;
  return {
    given: foldName((parts ? name.given?.join(' ') : name?.text) ?? ''),
    surnames: foldName(name?.family ?? ''),
    ...(birth === undefined ? {} : { birth }),
    ...(patient.gender === undefined || patient.gender === 'unknown' ? {} : { sex: patient.gender }),
    ...(home === undefined ? {} : { home }),
    ...(mother === undefined ? {} : { mother }),
    ...(twin === undefined ? {} : { twin }),
    ...(dni === undefined ? {} : { dni: plainDni(dni) }),
  };
}
