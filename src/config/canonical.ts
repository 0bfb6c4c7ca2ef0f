/** Canonical root of the national guide, to be confirmed by the ministry (design.md 3a.24). The only place it is written. */
export const CANONICAL_ROOT = 'https://referencia.salud.gob.hn/fhir';

/** URL of a profile of the guide, for example `profileUrl('referencia')`. */
export const profileUrl = (id: string): string => `${CANONICAL_ROOT}/StructureDefinition/${id}`;
/** URL of an extension of the guide. */
export const extensionUrl = profileUrl;
/** URL of a code system of the guide. */
export const codeSystemUrl = (id: string): string => `${CANONICAL_ROOT}/CodeSystem/${id}`;
/** URL of a value set of the guide. */
export const valueSetUrl = (id: string): string => `${CANONICAL_ROOT}/ValueSet/${id}`;

/** URL of the definition of an operation of this service. */
export const operationUrl = (name: string): string => `${CANONICAL_ROOT}/OperationDefinition/${name}`;

/** Identifier systems (design.md 3a.24). */
export const SID = {
  dni: `${CANONICAL_ROOT}/sid/dni`,
  expediente: `${CANONICAL_ROOT}/sid/expediente`,
  rups: `${CANONICAL_ROOT}/sid/rups`,
  referencia: `${CANONICAL_ROOT}/sid/referencia`,
  placer: `${CANONICAL_ROOT}/sid/placer`,
  /** Code on the sheet of a referral, with which its holder follows it. */
  seguimiento: `${CANONICAL_ROOT}/sid/seguimiento`,
  /** Agenda of a service at a place, made by `$make-slots`. */
  agenda: `${CANONICAL_ROOT}/sid/agenda`,
  pasaporte: `${CANONICAL_ROOT}/sid/pasaporte`,
  temporal: `${CANONICAL_ROOT}/sid/temporal`,
  /** Identifiers of demonstration and service records (accounts, roles, services). */
  account: `${CANONICAL_ROOT}/sid/cuenta`,
} as const;
