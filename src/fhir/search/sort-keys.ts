interface DeclaredKey {
  readonly param: string;
  /** Order of the codes of a token parameter, lowest first: the alphabet would put `asap` before `routine`. */
  readonly ranks?: readonly string[];
}

interface DeclaredSort {
  /** Parameter in whose order (newest first) the type's equality indexes run; `_lastUpdated` when absent. */
  readonly main?: string;
  readonly keys: readonly DeclaredKey[];
}

const by = (...params: readonly string[]): DeclaredKey[] => params.map((param) => ({ param }));
/** R4 request-priority, least urgent first. */
const PRIORITY: DeclaredKey = { param: 'priority', ranks: ['routine', 'urgent', 'asap', 'stat'] };

/**
 * What `_sort` accepts, besides `_lastUpdated` and `_id` on every type (design.md 3.4: declared keys only).
 * A date sorts by the start of its interval, a string without case and accents, a token by its rank.
 * Of several values the lowest counts, in both directions; a resource without a value comes first ascending, last descending.
 */
const DECLARED: Readonly<Record<string, DeclaredSort>> = {
  Patient: { keys: by('name', 'family', 'given', 'birthdate') },
  RelatedPerson: { keys: by('name', 'birthdate') },
  Practitioner: { keys: by('name', 'family', 'given') },
  Organization: { keys: by('name') },
  Location: { keys: by('name') },
  HealthcareService: { keys: by('name') },
  Encounter: { main: 'date', keys: by('date') },
  Condition: { keys: by('recorded-date', 'onset-date') },
  Observation: { main: 'date', keys: by('date') },
  AllergyIntolerance: { keys: by('date', 'onset') },
  MedicationRequest: { keys: by('authoredon') },
  MedicationStatement: { keys: by('effective') },
  Procedure: { keys: by('date') },
  Immunization: { keys: by('date') },
  DiagnosticReport: { keys: by('date', 'issued') },
  DocumentReference: { keys: by('date') },
  ServiceRequest: { main: 'authored', keys: [...by('authored', 'occurrence'), PRIORITY] },
  Task: { main: 'modified', keys: [...by('modified', 'authored-on', 'period'), PRIORITY] },
  Appointment: { main: 'date', keys: by('date') },
  Schedule: { keys: by('date') },
  Slot: { main: 'start', keys: by('start') },
  Communication: { keys: by('sent', 'received') },
  Composition: { keys: by('date') },
  Bundle: { keys: by('timestamp') },
  Consent: { keys: by('date') },
  List: { keys: by('date') },
  Provenance: { keys: by('recorded', 'when') },
  AuditEvent: { main: 'date', keys: by('date') },
};

/** A key that `_sort` accepts. */
export interface SortKey {
  readonly param: string;
  /** Field of the envelope that holds the scalar. */
  readonly field: string;
  readonly ranks?: readonly string[];
}

const COMMON: readonly SortKey[] = [
  { param: '_lastUpdated', field: 'lu' },
  { param: '_id', field: '_id' },
];

const fieldOf = (param: string): string => COMMON.find((key) => key.param === param)?.field ?? `k.${param}`;

/** Sort keys of a type whose scalars are extracted into the envelope's `k`. */
export const extractedSortKeys = (type: string): readonly SortKey[] =>
  (DECLARED[type]?.keys ?? []).map((key) => ({ ...key, field: fieldOf(key.param) }));

/** All sort keys of a type by parameter. */
export const sortKeysOf = (type: string): ReadonlyMap<string, SortKey> =>
  new Map([...COMMON, ...extractedSortKeys(type)].map((key) => [key.param, key]));

/** Field in whose order, newest first, the equality indexes of a type run. */
export const mainSortField = (type: string): string => fieldOf(DECLARED[type]?.main ?? '_lastUpdated');
