import type { PractitionerRole, ServiceRequest, Task } from '@medplum/fhirtypes';
import { fault } from '../errors.js';
import type { FhirRequest } from '../fhir/exchange.js';
import type { FhirContext } from '../fhir/fhir-context.js';
import { loadVisible } from '../fhir/load-visible.js';
import { localTarget } from '../fhir/references.js';
import { resourceOf } from '../fhir/stored-resource.js';
import type { FoundResource } from '../store/envelope.js';
import type { Store } from '../store/store.js';
import { previousLegs } from './legs.js';
import type { Sides } from './parties.js';
import type { ReferralState } from './states.js';
import { isLeg, isReferral, stateOf } from './vocabulary.js';
import { sidesOf } from './work-scalars.js';

/** A leg as read: envelope and resource. */
export interface Leg {
  readonly stored: FoundResource;
  readonly task: Task & { id: string };
}

/** One referral as it stands: the order, its newest leg, and who is on which side. */
export interface Referral {
  readonly stored: FoundResource;
  readonly resource: ServiceRequest & { id: string };
  /** Newest leg; none while the referral is a draft. */
  readonly leg?: Leg;
  readonly state: ReferralState;
  readonly sides: Sides;
  /** The referral's one revision: that of its newest leg, of the ServiceRequest while it is a draft. */
  readonly version: number;
}

/** A referral can be redirected and sent again, but not without end. */
const MOST_LEGS = 50;

/** Newest leg of a referral: the one that no other leg names as the one before it. */
export async function newestLeg(store: Store, referralId: string): Promise<Leg | undefined> {
  const filter = { 's.ref': `focus~ServiceRequest/${referralId}` };
  const stored = await store.find('Task', filter, { limit: MOST_LEGS });
  const legs = stored
    .map((row) => ({ stored: row, task: resourceOf<Task & { id: string }>(row) }))
    .filter(({ task }) => isLeg(task));
  const followed = new Set(legs.flatMap(({ task }) => previousLegs(task)));
  return legs.find(({ task }) => !followed.has(task.id));
}

/** Organization of the PractitionerRole that asks for a referral: its origin. */
export async function originOf(store: Store, referral: ServiceRequest): Promise<string | undefined> {
  const target = localTarget(referral.requester?.reference ?? '');
  if (target?.type === 'Organization') return target.id;
  if (target?.type !== 'PractitionerRole') return undefined;
  const stored = await store.read('PractitionerRole', target.id);
  if (!stored || stored.del) return undefined;
  return localTarget(resourceOf<PractitionerRole>(stored).organization?.reference ?? '')?.id;
}

/** A referral from its stored order: reads its newest leg. Undefined when the two disagree about its state. */
export async function readReferral(context: FhirContext, stored: FoundResource): Promise<Referral | undefined> {
  const resource = resourceOf<ServiceRequest & { id: string }>(stored);
  const leg = await newestLeg(context.store, stored._id);
  if (leg) {
    const state = stateOf(leg.task);
    return state && { stored, resource, leg, state, sides: sidesOf(leg.task), version: leg.stored.vid };
  }
  const state = resource.status === 'draft' ? 'draft' : resource.status === 'entered-in-error' ? 'error' : undefined;
  if (!state) return undefined;
  const origin = (await originOf(context.store, resource)) ?? stored.own;
  return { stored, resource, state, sides: origin === undefined ? {} : { origin }, version: stored.vid };
}

const notReferral = (type: string, id: string): Error =>
  fault('rule-broken', {
    es: `${type}/${id} no es parte de una referencia.`,
    en: `${type}/${id} is not part of a referral.`,
  });

/** A referral as a request addresses it. */
export interface AddressedReferral {
  readonly referral: Referral;
  /** Set when the request names an earlier leg. */
  readonly endedLeg?: Leg;
}

/**
 * The referral that a request on `ServiceRequest/{id}` or `Task/{id}` is about. Throws 404 or 410 for what the caller
 * may not see, 422 for a ServiceRequest or Task that is no referral.
 */
export async function addressedReferral(context: FhirContext, request: FhirRequest): Promise<AddressedReferral> {
  const { type = '', resourceId = '' } = request;
  const stored = await loadVisible(context, request, type, resourceId);
  const addressed = resourceOf(stored);
  const focus = isLeg(addressed) ? localTarget(addressed.focus?.reference ?? '') : undefined;
  const order = focus
    ? await context.store.read('ServiceRequest', focus.id)
    : isReferral(addressed)
      ? stored
      : undefined;
  const referral = order && (await readReferral(context, order));
  if (!referral) throw notReferral(type, resourceId);
  if (addressed.resourceType !== 'Task' || referral.leg?.task.id === resourceId) return { referral };
  return { referral, endedLeg: { stored, task: { ...addressed, id: resourceId } } };
}

/** The same for a move: 422 for an earlier leg, with the one that goes on. */
export async function loadReferral(context: FhirContext, request: FhirRequest): Promise<Referral> {
  const { referral, endedLeg } = await addressedReferral(context, request);
  if (!endedLeg) return referral;
  const current = `Task/${referral.leg?.task.id ?? ''}`;
  throw fault('rule-broken', {
    es: `Este tramo de la referencia terminó; siga con ${current}.`,
    en: `This leg of the referral has ended; go on with ${current}.`,
  });
}
