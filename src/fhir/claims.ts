import type { Identifier, Reference, Resource } from '@medplum/fhirtypes';
import { SID } from '../config/canonical.js';
import type { Claim } from '../store/write-plan.js';
import { localTarget } from './references.js';

interface ClaimRule {
  readonly type: Resource['resourceType'];
  readonly kind: string;
  readonly matches: (identifier: Identifier) => boolean;
  /** Text that may exist once; the value alone unless the rule says otherwise. */
  readonly value?: (identifier: Identifier) => string;
}

const hasSystem =
  (system: string) =>
  (identifier: Identifier): boolean =>
    identifier.system === system;

/** Placer number: by its own system, or by type PLAC of HL7 table 0203. */
export const isPlacer = (identifier: Identifier): boolean =>
  identifier.system === SID.placer || (identifier.type?.coding ?? []).some(({ code }) => code === 'PLAC');

/** Text under which a placer number is claimed. */
export const placerValue = (identifier: Identifier): string => `${identifier.system ?? ''}|${identifier.value ?? ''}`;

const isCurrent = (identifier: Identifier): boolean => identifier.use !== 'old' && identifier.period?.end === undefined;

/** One number in all its spellings: `0801-1990-00001` is the person of `0801199000001`. */
const withoutMarks = ({ value = '' }: Identifier): string => value.replace(/[^\p{L}\p{N}]/gu, '').toUpperCase();

/** Identifiers that may exist once, nationally or within their assigner (design.md 3.4; domain 3.1 to 3.3). */
const CLAIM_RULES: readonly ClaimRule[] = [
  { type: 'Patient', kind: 'dni', matches: hasSystem(SID.dni), value: withoutMarks },
  { type: 'Patient', kind: 'pasaporte', matches: hasSystem(SID.pasaporte), value: withoutMarks },
  {
    // Numbers of paper files are local to a facility and used again after they are freed.
    type: 'Patient',
    kind: 'expediente',
    matches: (identifier) => identifier.system === SID.expediente && isCurrent(identifier),
    value: ({ assigner, value }) => `${assigner?.reference ?? assigner?.identifier?.value ?? ''}|${value ?? ''}`,
  },
  { type: 'ServiceRequest', kind: 'referencia', matches: hasSystem(SID.referencia) },
  { type: 'ServiceRequest', kind: 'seguimiento', matches: hasSystem(SID.seguimiento) },
  { type: 'ServiceRequest', kind: 'placer', matches: isPlacer, value: placerValue },
  { type: 'Organization', kind: 'rups', matches: hasSystem(SID.rups) },
];

const HOLDING: ReadonlySet<string> = new Set(['booked', 'arrived', 'checked-in', 'fulfilled', 'pending']);

/** Does an appointment of this status keep its slots from others? */
export const holdsSlots = (status: string | undefined): boolean => status !== undefined && HOLDING.has(status);

function slotClaims(resource: Resource): readonly { kind: string; value: string }[] {
  if (resource.resourceType !== 'Appointment' || !holdsSlots(resource.status)) return [];
  return (resource.slot ?? []).flatMap(({ reference }: Reference) => {
    // A version of a slot is the slot.
    const target = reference === undefined ? undefined : localTarget(reference);
    return target ? [{ kind: 'slot', value: `${target.type}/${target.id}` }] : [];
  });
}

/** Types whose resources may claim something: the others need not be looked at. */
const CLAIMING: ReadonlySet<string> = new Set([...CLAIM_RULES.map(({ type }) => type), 'Appointment']);

/** May a resource of this type claim a value? */
export const claims = (type: string): boolean => CLAIMING.has(type);

/** Values that this resource claims, each once. */
export function claimsOf(resource: Resource & { id: string }, own?: string): readonly Claim[] {
  const identifiers = 'identifier' in resource && Array.isArray(resource.identifier) ? resource.identifier : [];
  const found = CLAIM_RULES.filter(({ type }) => type === resource.resourceType).flatMap(({ kind, matches, value }) =>
    identifiers
      .filter((identifier) => identifier.value !== undefined && matches(identifier))
      .map((identifier) => ({ kind, value: value ? value(identifier) : (identifier.value ?? '') })),
  );
  const distinct = new Map([...found, ...slotClaims(resource)].map((claim) => [`${claim.kind} ${claim.value}`, claim]));
  const ref = `${resource.resourceType}/${resource.id}`;
  return [...distinct.values()].map((claim) => ({ ...claim, ref, ...(own === undefined ? {} : { own }) }));
}
