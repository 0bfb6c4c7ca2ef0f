import type { Role } from '../access/caller.js';

/** Side of a referral a facility is on. */
export type Side = 'origin' | 'destination';

interface PartyRow {
  readonly es: string;
  readonly en: string;
  /** Facility side the acting person must be on; `network`: a manager whose facilities hold one of the two. */
  readonly side: Side | 'network' | 'patient' | 'service';
  readonly roles: readonly Role[];
}

/**
 * Who may act in a referral: party -> roles and the side their facility must be on
 * (LN23:2019 section 8 names the people; the letters are those of the transition table).
 */
export const PARTIES = {
  OC: { es: 'Clínico del origen', en: 'Origin clinician', side: 'origin', roles: ['clinician', 'nurse', 'specialist'] },
  OA: { es: 'Admisión o UAU del origen', en: 'Origin desk', side: 'origin', roles: ['clerk', 'uau'] },
  DD: { es: 'Admisión o UAU del destino', en: 'Destination desk', side: 'destination', roles: ['clerk', 'uau'] },
  DT: { es: 'Triaje del destino', en: 'Destination triage', side: 'destination', roles: ['triage'] },
  DS: { es: 'Citas del destino', en: 'Destination scheduler', side: 'destination', roles: ['scheduler', 'uau'] },
  DC: {
    es: 'Especialista o tratante del destino',
    en: 'Treating clinician',
    side: 'destination',
    roles: ['specialist', 'clinician'],
  },
  RG: { es: 'Gestor de red o región', en: 'Network or regional manager', side: 'network', roles: ['manager'] },
  PT: { es: 'Paciente o responsable', en: 'Patient or guardian', side: 'patient', roles: ['patient'] },
  SY: { es: 'El servicio', en: 'The service', side: 'service', roles: ['service'] },
} as const satisfies Record<string, PartyRow>;

export type Party = keyof typeof PARTIES;

export const ALL_PARTIES = Object.keys(PARTIES) as readonly Party[];

/** A person, named by roles and place, about to act in a referral. */
export interface Actor {
  readonly roles: readonly Role[];
  /** Organization id of the assignment in use. */
  readonly facility?: string;
  /** Organization ids under a manager. */
  readonly facilities?: readonly string[];
  /** Patient id, for a patient. */
  readonly patient?: string;
}

/** The two facilities and the patient of one referral, as ids. */
export interface Sides {
  readonly origin?: string;
  readonly destination?: string;
  readonly patient?: string;
}

/** True when nobody sent the person: who came by themselves has no other origin than the facility that took them in. */
export const cameAlone = ({ origin, destination }: Sides): boolean => origin !== undefined && origin === destination;

const standsOn: Record<PartyRow['side'], (actor: Actor, sides: Sides) => boolean> = {
  origin: (actor, sides) => actor.facility !== undefined && actor.facility === sides.origin,
  destination: (actor, sides) => actor.facility !== undefined && actor.facility === sides.destination,
  network: (actor, sides) => (actor.facilities ?? []).some((id) => id === sides.origin || id === sides.destination),
  patient: (actor, sides) => actor.patient !== undefined && actor.patient === sides.patient,
  service: () => true,
};

/** Parties whose roles include one of these, whatever the side: what the actor could ever be. */
export function partiesOfRoles(roles: readonly Role[]): Party[] {
  if (roles.includes('conformance')) return [...ALL_PARTIES];
  return ALL_PARTIES.filter((party) => PARTIES[party].roles.some((role: Role) => roles.includes(role)));
}

/** Parties an actor is in one referral, by role and by the side of the actor's facility. */
export function partiesOf(actor: Actor, sides: Sides): Party[] {
  const byRole = partiesOfRoles(actor.roles);
  if (actor.roles.includes('conformance')) return byRole;
  return byRole.filter((party) => standsOn[PARTIES[party].side](actor, sides));
}
