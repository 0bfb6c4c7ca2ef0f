import type { Organization, Patient, Practitioner, PractitionerRole, Reference } from '@medplum/fhirtypes';
import { type Caller, isRole, type Role } from '../access/caller.js';
import { codeSystemUrl } from '../config/canonical.js';
import { fault } from '../errors.js';
import type { FhirRequest } from '../fhir/exchange.js';
import type { FhirContext } from '../fhir/fhir-context.js';
import { localTarget } from '../fhir/references.js';
import { resourceOf } from '../fhir/stored-resource.js';
import type { Actor } from './parties.js';

/** Who acts in a move, for the decision and for Provenance. */
export interface Acting {
  readonly actor: Actor;
  /** The person in a post; none for a patient, and when a test program acts without naming one. */
  readonly who?: Reference<PractitionerRole>;
  readonly practitioner?: Reference<Practitioner>;
  readonly onBehalfOf?: Reference<Organization>;
  /** The patient, or whoever uses the account in the patient's place. */
  readonly patient?: ActingPatient;
  /** Of what the service does by itself because somebody asked for something else: that person. */
  readonly forPerson?: Reference<PractitionerRole>;
}

/** A patient who acts: by themself, or through somebody who is named in words (Provenance.agent of R4). */
export interface ActingPatient {
  readonly who: Reference<Patient>;
  readonly onBehalfOf?: Reference<Patient>;
}

/** How a patient who acts is written down; undefined for everybody else. */
function actingPatient({ patient, guardian }: Caller): ActingPatient | undefined {
  if (patient === undefined) return undefined;
  const who = { reference: `Patient/${patient}` };
  return guardian ? { who: { display: `${guardian.name} (${guardian.relationship})` }, onBehalfOf: who } : { who };
}

/** The service itself (party SY). @param person for whom it acts, when somebody's request made it act */
export const serviceActing = (person?: Reference<PractitionerRole>): Acting => ({
  actor: { roles: ['service'] },
  who: { display: 'Servicio nacional de referencia y respuesta' },
  ...(person ? { forPerson: person } : {}),
});

const WORKFLOW_ROLE = codeSystemUrl('workflow-role');

/** Roles of an assignment: its codes in the code system `workflow-role`. */
export const rolesOf = (assignment: PractitionerRole): Role[] =>
  (assignment.code ?? [])
    .flatMap(({ coding }) => coding ?? [])
    .flatMap(({ system, code }) => (system === WORKFLOW_ROLE && isRole(code) ? [code] : []));

async function assignment(context: FhirContext, reference: string): Promise<PractitionerRole> {
  const target = localTarget(reference, context.baseUrl);
  const stored = target?.type === 'PractitionerRole' ? await context.store.read(target.type, target.id) : undefined;
  const role = stored && !stored.del ? resourceOf<PractitionerRole>(stored) : undefined;
  if (!role || role.active === false) throw fault('reference-not-found', { reference }, 'actor');
  return role;
}

/** Roles in which a caller may ever act, whoever is named later. */
export function possibleRoles({ caller }: Pick<FhirRequest, 'caller'>): readonly Role[] {
  return caller.role === 'system' ? caller.actsAs : [caller.role];
}

/** True when the caller must say who acts. */
export const mustNameActor = ({ caller }: Pick<FhirRequest, 'caller'>): boolean => caller.role === 'system';

/**
 * The acting person of a request (design.md 3a.5). A person acts as the assignment in use. A facility's system names
 * a PractitionerRole of its own facility, in a role it is registered for. A conformance program may name anyone.
 * Throws 403 `move-role` when the named person is not the caller's to name, 422 when unknown or no longer active.
 */
export async function resolveActing(
  context: FhirContext,
  request: FhirRequest,
  move: string,
  named: string | undefined,
): Promise<Acting> {
  const { caller } = request;
  if (caller.role === 'system' || (caller.role === 'conformance' && named !== undefined)) {
    if (named === undefined) throw fault('field-missing', { operation: `$${move}`, field: 'actor' }, 'actor');
    const role = await assignment(context, named);
    const facility = localTarget(role.organization?.reference ?? '')?.id;
    const held = rolesOf(role);
    const free = caller.role === 'conformance';
    const roles = free ? held : held.filter((each) => caller.actsAs.includes(each));
    if (!free && (facility !== caller.facility || roles.length === 0))
      throw fault('move-role', { role: held.join(', ') || '-', operation: `$${move}` }, 'actor');
    return {
      actor: {
        roles,
        ...(facility === undefined ? {} : { facility }),
        facilities: facility === undefined ? [] : [facility],
      },
      who: { reference: `PractitionerRole/${role.id ?? ''}` },
      ...(role.practitioner ? { practitioner: role.practitioner } : {}),
      ...(facility === undefined ? {} : { onBehalfOf: { reference: `Organization/${facility}` } }),
    };
  }
  if (named !== undefined && named !== `PractitionerRole/${caller.practitionerRole ?? ''}`)
    throw fault('move-role', { role: caller.role, operation: `$${move}` }, 'actor');
  const { role, facility, facilities, patient, practitionerRole } = caller;
  const byPatient = actingPatient(caller);
  return {
    actor: {
      roles: [role],
      facilities,
      ...(facility === undefined ? {} : { facility }),
      ...(patient === undefined ? {} : { patient }),
    },
    ...(practitionerRole === undefined ? {} : { who: { reference: `PractitionerRole/${practitionerRole}` } }),
    ...(byPatient ? { patient: byPatient } : {}),
    ...(facility === undefined ? {} : { onBehalfOf: { reference: `Organization/${facility}` } }),
  };
}
