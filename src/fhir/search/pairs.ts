/**
 * Parameters that are asked together by equality (design.md 3a.14). One index scan cannot answer two values of one
 * array, so each pair gets joined tokens at write time and the planner asks for those. A row costs every resource of the
 * type two or three index keys: add one only for a query that people wait for.
 */
export const PAIRS: Readonly<Record<string, readonly (readonly [string, string])[]>> = {
  // Lists of a facility: what waits, what runs.
  Task: [
    ['status', 'owner'],
    ['business-status', 'owner'],
    ['status', 'requester'],
  ],
  ServiceRequest: [
    ['status', 'performer'],
    ['status', 'requester'],
    ['code', 'patient'],
  ],
  // A person's record by kind of fact.
  Observation: [
    ['code', 'patient'],
    ['category', 'patient'],
  ],
  DiagnosticReport: [['code', 'patient']],
  Condition: [['clinical-status', 'patient']],
  Immunization: [['vaccine-code', 'patient']],
  // Agenda of a room, a service or a person.
  Appointment: [['status', 'actor']],
  Slot: [['status', 'schedule']],
  Encounter: [
    ['status', 'patient'],
    ['status', 'service-provider'],
  ],
  PractitionerRole: [['role', 'organization']],
};

/** Declared pairs of a type. */
export const pairsOf = (type: string): readonly (readonly [string, string])[] => PAIRS[type] ?? [];
