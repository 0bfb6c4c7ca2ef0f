import type { Parameters, ParametersParameter } from '@medplum/fhirtypes';
import { etag, resourceAnswer } from '../../fhir/answer.js';
import { auditDraft } from '../../fhir/audit-draft.js';
import type { FhirRequest, FhirResponse } from '../../fhir/exchange.js';
import type { FhirContext } from '../../fhir/fhir-context.js';
import type { Operation } from '../../fhir/operation.js';
import { mustNameActor, possibleRoles, resolveActing } from '../acting.js';
import { allowedMoves } from '../allowed-moves.js';
import { standingFacts } from '../standing-facts.js';
import { asksForFacts } from '../transition.js';
import { addressedReferral, type Referral } from '../load-referral.js';
import { operationUrl } from '../move-operation.js';
import { fieldsFor, type MoveName, moveRow } from '../moves.js';
import { type Actor, partiesOf } from '../parties.js';
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

function action(context: FhirContext, request: FhirRequest, referral: Referral, move: MoveName): ParametersParameter {
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
      ...moves.map((move) => action(context, request, referral, move)),
    ],
  };
  return resourceAnswer(200, parameters, { ETag: etag(version) });
}

/** `GET $available-actions`: what this caller may do now, with the version to send in If-Match. */
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
