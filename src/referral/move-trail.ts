import type { CodeableConcept, PractitionerRole, Provenance, Reference } from '@medplum/fhirtypes';
import { auditDraft } from '../fhir/audit-draft.js';
import type { FhirRequest } from '../fhir/exchange.js';
import { localTarget } from '../fhir/references.js';
import type { WriteBuilder } from '../fhir/write-builder.js';
import type { Acting } from './acting.js';
import type { Edge } from './edges.js';
import type { FieldValues } from './field-values.js';
import { PARTIES } from './parties.js';
import type { Sides } from './parties.js';
import { moveCoding } from './vocabulary.js';

interface Trail {
  /** The transition; `move` may be an operation that leaves the state as it is, or that is about no state. */
  readonly edge: Pick<Edge, 'by'> & Partial<Pick<Edge, 'from' | 'to'>> & { readonly move: string };
  readonly acting: Acting;
  readonly sides: Sides;
  readonly values?: FieldValues;
  /** Why; the `reason` of the values when absent. */
  readonly reasons?: readonly CodeableConcept[];
  readonly number?: string;
  /** A second person who approved the move. */
  readonly approver?: Reference<PractitionerRole>;
  /** More for the audit record. */
  readonly detail?: Readonly<Record<string, string>>;
  /** What the move wrote, as `Type/id`; the ServiceRequest first. */
  readonly targets: readonly string[];
}

const AGENT_TYPE = 'http://terminology.hl7.org/CodeSystem/provenance-participant-type';
const agentType = (code: string): CodeableConcept => ({ coding: [{ system: AGENT_TYPE, code }] });

/** Who did it, when nobody is named: the facility whose turn it is by the edge (conformance programs only). */
function fallback({ edge, sides }: Trail): Reference | undefined {
  const side = edge.by[0] && PARTIES[edge.by[0]].side;
  const id = side === 'origin' ? sides.origin : sides.destination;
  return id === undefined ? undefined : { reference: `Organization/${id}` };
}

/** Provenance of a move: what was touched, which transition it was, who did it, for which facility, and why. */
function provenanceOf(request: FhirRequest, now: Date, trail: Trail): Provenance {
  const { acting, edge, sides, targets, values, reasons = values?.concepts('reason') ?? [] } = trail;
  const who = acting.who ?? acting.patient?.who ?? fallback(trail) ?? { display: request.caller.displayName };
  const behalf = acting.forPerson ?? acting.onBehalfOf ?? acting.patient?.onBehalfOf;
  return {
    resourceType: 'Provenance',
    target: targets.map((reference) => ({ reference })),
    occurredDateTime: now.toISOString(),
    recorded: now.toISOString(),
    activity: { coding: [moveCoding(edge.move)] },
    ...(reasons.length > 0 ? { reason: [...reasons] } : {}),
    agent: [
      {
        type: agentType('author'),
        who: who as Provenance['agent'][number]['who'],
        ...(behalf ? { onBehalfOf: behalf } : {}),
      },
      ...(trail.approver ? [{ type: agentType('verifier'), who: trail.approver }] : []),
      { type: agentType('assembler'), who: { display: request.caller.clientId } },
      // Both facilities answer for the referral, so both find its whole trail.
      ...[...new Set([sides.origin, sides.destination])].flatMap((id) =>
        id === undefined ? [] : [{ type: agentType('custodian'), who: { reference: `Organization/${id}` } }],
      ),
    ],
  };
}

/** PractitionerRole id of who acted, or for whom the service did. */
const personBehind = ({ who, forPerson }: Acting): string | undefined =>
  [who, forPerson]
    .flatMap((one) => localTarget(one?.reference ?? '') ?? [])
    .find(({ type }) => type === 'PractitionerRole')?.id;

/** Adds the traces of a move to the plan that carries it out: Provenance and the audit record with both states. */
export function addTrail(builder: WriteBuilder, request: FhirRequest, trail: Trail): void {
  const { edge, sides, acting, number, detail } = trail;
  const person = personBehind(acting);
  builder.create(
    provenanceOf(request, builder.now, trail),
    sides.patient === undefined ? {} : { patient: sides.patient },
  );
  builder.audit(
    auditDraft(request, {
      act: edge.from === undefined || edge.move === 'submit' ? 'C' : 'U',
      sub: `$${edge.move}`,
      pt: sides.patient === undefined ? [] : [sides.patient],
      ent: builder.writes.map(({ type, doc }) => `${type}/${doc._id}/_history/${doc.vid}`),
      ...(person === undefined ? {} : { for: person }),
      det: {
        ...{ from: edge.from ?? '', to: edge.to ?? '' },
        ...(number === undefined ? {} : { number }),
        ...(acting.actor.roles.includes('service') ? { as: 'service' } : {}),
        ...detail,
      },
    }),
  );
}
