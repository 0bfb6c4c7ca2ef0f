/** Roles of design.md 3a.5 and the offices; the policy tables are keyed by them. */
export const ROLES = [
  'clinician', // OC: médico general o especialista en el origen
  'nurse', // OC: enfermera, auxiliar
  'community-agent', // OC through the clinician who signs
  'clerk', // OA at the origin, DD at the destination: admisión
  'uau', // OA, DD, DS: unidad de atención al usuario
  'triage', // DT
  'scheduler', // DS
  'specialist', // DC
  'manager', // RG: network or region
  'patient', // PT: patient or guardian
  'paper-code', // PT without an account: whoever holds the sheet of one referral
  'statistics',
  'approver', // second signature of a statistics release
  'national', // national office
  'privacy', // privacy officer
  'administrator',
  'system', // a facility's software
  'conformance', // development only: every declared interaction on all data
  'service', // the service's own timers and seed (SY)
] as const;
export type Role = (typeof ROLES)[number];

export const isRole = (code: string | undefined): code is Role => ROLES.some((role) => role === code);

/** Who makes a request, from a verified token and the account behind it. */
export interface Caller {
  /** Account name or client id. */
  readonly sub: string;
  readonly clientId: string;
  readonly role: Role;
  /** Roles a system is registered to act in; for people just their role. */
  readonly actsAs: readonly Role[];
  /** Organization id of the assignment in use. */
  readonly facility?: string;
  /** Organization ids seen across patients: own facility, or all facilities of a manager's network or region. */
  readonly facilities: readonly string[];
  /** Patient id, for patients. */
  readonly patient?: string;
  /** Who uses the account of a patient in the patient's place. */
  readonly guardian?: { readonly name: string; readonly relationship: string };
  /** ServiceRequest id, for holders of its paper code. */
  readonly referral?: string;
  /** PractitionerRole id of the assignment in use. */
  readonly practitionerRole?: string;
  /** Granted scopes, for example `system/*.cruds`. */
  readonly scope: string;
  /** v3 ActReason code. */
  readonly purpose: string;
  readonly displayName: string;
}
