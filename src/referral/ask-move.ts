import { type Finding, fault, ServiceError } from '../errors.js';
import type { FhirRequest } from '../fhir/exchange.js';
import type { FhirContext } from '../fhir/fhir-context.js';
import { expectedVersion } from '../fhir/interactions/expected-version.js';
import { type Acting, mustNameActor, possibleRoles, resolveActing } from './acting.js';
import { allowedMoves, allowedText } from './allowed-moves.js';
import type { Condition } from './conditions.js';
import type { Edge } from './edges.js';
import type { FieldValues } from './field-values.js';
import { loadReferral, type Referral } from './load-referral.js';
import { fieldsFor, type MoveName } from './moves.js';
import { type Party, partiesOf, partiesOfRoles } from './parties.js';
import { readFields } from './read-fields.js';
import { standingFacts } from './standing-facts.js';
import { STATES } from './states.js';
import { asksForFacts, decide, everAllowed } from './transition.js';

/** A move that somebody asks for, read and checked up to the point where the table decides. */
export interface AskedMove {
  readonly context: FhirContext;
  readonly request: FhirRequest;
  readonly move: MoveName;
  readonly referral: Referral;
  readonly values: FieldValues;
  readonly acting: Acting;
  readonly parties: readonly Party[];
  /** Findings of 422 about the inputs; told together with those of the rules. */
  readonly findings: readonly Finding[];
}

const refuseRole = (roles: readonly string[], move: MoveName): Error =>
  fault('move-role', { role: roles.join(', ') || '-', operation: `$${move}` });

/** First gate, before any instance is looked at: 403 when no role of the caller ever does this move. */
export function assertRoleMoves(request: FhirRequest, move: MoveName): void {
  const roles = possibleRoles(request);
  if (!everAllowed(move, partiesOfRoles(roles))) throw refuseRole(roles, move);
}

/** The version that the caller saw is the current one. Throws 428 without If-Match, 412 when it is not. */
export function assertVersion(request: FhirRequest, { leg, stored, version }: Referral): void {
  const expected = expectedVersion(request);
  if (expected === undefined) throw fault('if-match-required', {}, 'http.if-match');
  if (expected === version) return;
  const [type, id] = leg ? ['Task', leg.task.id] : ['ServiceRequest', stored._id];
  throw fault('version-conflict', { type, id, current: version }, 'http.if-match');
}

/** Inputs are read by name and form below, so they must be well-formed FHIR first. Throws 422 with all findings. */
export function assertWellFormed({ validator }: Pick<FhirContext, 'validator'>, { body }: FhirRequest): void {
  const errors = body ? validator.validate(body).filter(({ severity }) => isError(severity)) : [];
  if (errors.length > 0) throw new ServiceError(errors);
}

const isError = (severity: Finding['severity']): boolean => severity !== 'warning' && severity !== 'information';

/**
 * Reads and checks a move in the order of design.md 3a.6: role (403), instance (404, 410), inputs (400),
 * side of the acting person (403), If-Match (428, 412). What is wrong with the content comes back as findings.
 */
export async function askMove(context: FhirContext, request: FhirRequest, move: MoveName): Promise<AskedMove> {
  assertRoleMoves(request, move);
  const referral = await loadReferral(context, request);
  assertWellFormed(context, request);
  const { values, findings } = readFields(move, fieldsFor(move, request.caller), request.body, context.definitions);
  const named = values.reference('actor')?.reference;
  const nobody = mustNameActor(request) && named === undefined;
  const acting = nobody ? undefined : await resolveActing(context, request, move, named);
  const parties = acting ? partiesOf(acting.actor, referral.sides) : [];
  if (acting && !everAllowed(move, parties)) throw refuseRole(acting.actor.roles, move);
  assertVersion(request, referral);
  if (!acting) throw fault('field-missing', { operation: `$${move}`, field: 'actor' }, 'actor');
  return { context, request, move, referral, values, acting, parties, findings };
}

/** 422 for a move that the table does not have here, with the list of what is possible now. */
export async function notAllowed({
  context,
  move,
  referral,
  parties,
}: Omit<AskedMove, 'findings' | 'values'>): Promise<Error> {
  const { state } = referral;
  const standing = asksForFacts(state) ? await standingFacts(context, referral) : [];
  const allowed = allowedText(allowedMoves(context.operations, state, parties, standing));
  return fault('move-not-allowed', { state: STATES[state].es, operation: `$${move}`, allowed });
}

/**
 * Edge to follow, by what the move carries and, where the table asks for it, by what the referral itself tells.
 * Throws 422 `move-not-allowed`.
 */
export async function chooseEdge(asked: AskedMove, conditions: readonly Condition[]): Promise<Edge> {
  const { context, move, parties, referral } = asked;
  const standing = asksForFacts(referral.state, move) ? await standingFacts(context, referral) : [];
  const decision = decide(referral.state, move, parties, [...conditions, ...standing]);
  if (!decision.ok) throw await notAllowed(asked);
  return decision.edge;
}
