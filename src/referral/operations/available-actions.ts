import type { Parameters, ParametersParameter, Task } from '@medplum/fhirtypes';
import { etag, resourceAnswer } from '../../fhir/answer.js';
import { auditDraft } from '../../fhir/audit-draft.js';
import type { FhirRequest, FhirResponse } from '../../fhir/exchange.js';
import type { FhirContext } from '../../fhir/fhir-context.js';
import type { Operation } from '../../fhir/operation.js';
import { resourceOf } from '../../fhir/stored-resource.js';
import type { Words } from '../../words.js';
import { mustNameActor, possibleRoles, resolveActing } from '../acting.js';
import { allowedMoves } from '../allowed-moves.js';
import { standingFacts } from '../standing-facts.js';
import { asksForFacts } from '../transition.js';
import { addressedReferral, type Referral } from '../load-referral.js';
import { operationUrl } from '../move-operation.js';
import { fieldsFor, type MoveName, moveRow } from '../moves.js';
import { type Actor, partiesOf } from '../parties.js';
import { noResponseProposal } from '../no-response-proposal.js';
import { openSideTask } from '../side-tasks.js';
import { stateOf } from '../vocabulary.js';

/** The person asked about: the `actor` of the query, else whoever the caller could act as. */
async function asActor(context: FhirContext, request: FhirRequest): Promise<Actor> {
  const named = request.query.find(([name]) => name === 'actor')?.[1];
  if (named !== undefined) return (await resolveActing(context, request, 'available-actions', named)).actor;
  const { facility, facilities, patient } = request.caller;
  return {
    roles: possibleRoles(request),
    facilities,
    ...(facility === undefined ? {} : { facility }),
    ...(patient === undefined ? {} : { patient }),
  };
}

/** The comment with which a move can be confirmed as the service proposes it (transition 06). */
async function proposalOf({ store }: FhirContext, { state, leg }: Referral): Promise<Words | undefined> {
  if (state !== 'info-requested' || !leg) return undefined;
  const found = await openSideTask(store, leg.task, 'provide-information');
  return noResponseProposal({ state, leg: leg.task, asked: found && resourceOf<Task>(found) }, new Date());
}

interface Offered {
  readonly move: MoveName;
  readonly proposal: Words | undefined;
}

function action(
  context: FhirContext,
  request: FhirRequest,
  referral: Referral,
  { move, proposal }: Offered,
): ParametersParameter {
  const { on } = moveRow(move);
  const fields = fieldsFor(move, request.caller);
  const target = on === 'Task' ? `Task/${referral.leg?.task.id ?? ''}` : `ServiceRequest/${referral.resource.id}`;
  const required = fields.filter((field) => field.required).map(({ name }) => name);
  return {
    name: 'action',
    part: [
      { name: 'name', valueCode: move },
      { name: 'url', valueUrl: `${context.baseUrl}/${target}/$${move}` },
      ...[...(mustNameActor(request) ? ['actor'] : []), ...required].map((name) => ({
        name: 'required',
        valueString: name,
      })),
      ...(move === 'no-response' && proposal ? [{ name: 'proposal', valueString: proposal.es }] : []),
    ],
  };
}

async function handle(context: FhirContext, request: FhirRequest): Promise<FhirResponse> {
  const { referral, endedLeg } = await addressedReferral(context, request);
  const actor = await asActor(context, request);
  const parties = partiesOf(actor, referral.sides);
  const standing = asksForFacts(referral.state) ? await standingFacts(context, referral) : [];
  const moves = endedLeg ? [] : allowedMoves(context.operations, referral.state, parties, standing);
  const state = endedLeg ? stateOf(endedLeg.task) : referral.state;
  const proposal = moves.includes('no-response') ? await proposalOf(context, referral) : undefined;
  const version = String(endedLeg?.stored.vid ?? referral.version);
  const { pt } = referral.stored;
  await context.store.auditor.record(
    auditDraft(request, {
      act: 'R',
      sub: '$available-actions',
      pt: pt === undefined ? [] : [pt],
      ent: [`${request.type ?? ''}/${request.resourceId ?? ''}`],
    }),
  );
  const parameters: Parameters = {
    resourceType: 'Parameters',
    parameter: [
      ...(state === undefined ? [] : [{ name: 'state', valueCode: state }]),
      { name: 'version', valueString: version },
      ...moves.map((move) => action(context, request, referral, { move, proposal })),
    ],
  };
  return resourceAnswer(200, parameters, { ETag: etag(version) });
}

/**
 * `GET $available-actions`: what this caller may do now, with the version to send in If-Match; what the service proposes
 * stands beside the move as `proposal`, the comment to confirm it with.
 */
export const availableActions: readonly Operation[] = (['Task', 'ServiceRequest'] as const).map((type) => ({
  name: 'available-actions',
  definition: operationUrl('available-actions'),
  level: 'instance',
  type,
  method: 'GET',
  affectsState: false,
  purpose: 'Lo que esta persona puede hacer ahora con la referencia, qué debe enviar y con qué versión.',
  handle,
}));
