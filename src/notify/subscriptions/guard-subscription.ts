import { mayEver } from '../../access/policy/authorize.js';
import { fault } from '../../errors.js';
import type { Definitions } from '../../fhir/definitions/definitions.js';
import type { WriteIntent } from '../../fhir/fhir-context.js';
import type { OutboundRules } from '../outbound/safe-address.js';
import { readSubscription, type ReadSubscription, SubscriptionShape } from './read-subscription.js';

export interface SubscriptionRules {
  readonly definitions: Definitions;
  readonly baseUrl: string;
  readonly outbound: OutboundRules;
}

/** What a change of makes a new handshake necessary. */
const wanted = ({ criteria, _criteria, channel }: ReadSubscription): string =>
  JSON.stringify([criteria, _criteria, channel]);

const broken = (es: string, en: string): Error => fault('rule-broken', { es, en }, 'Subscription.status');

/** Who asks sets `requested` or `off`; the rest is the server's to say (R4 subscription.html, "status"). */
function assertStatus(after: ReadSubscription, before: ReadSubscription | undefined): void {
  const { status } = after;
  if (status === 'requested') return;
  if (!before) throw broken('una suscripción nueva tiene estado requested', 'a new Subscription has status requested');
  if (status === 'off') return;
  if (status !== before.status) throw broken(`«${status}» lo pone el servidor`, `"${status}" is set by the server`);
  if (wanted(after) !== wanted(before))
    throw broken('lo que cambia se pide de nuevo: requested', 'what changes is asked for anew: requested');
}

/**
 * Guard on writes of Subscriptions: understood completely, the address one that may be called, and about something that the
 * writer, with this token, may search and read.
 * @throws ServiceError 422 `rule-broken`, 403 `role-forbidden`
 */
export function guardSubscription(rules: SubscriptionRules, { type, before, after, request }: WriteIntent): void {
  if (type !== 'Subscription' || after === undefined) return;
  const read = SubscriptionShape.safeParse(after);
  // Not a Subscription at all: the validator says what is wrong.
  if (!read.success) return;
  const { caller } = request;
  assertStatus(read.data, before && SubscriptionShape.safeParse(before.resource).data);
  if (read.data.status !== 'requested') return;
  const { query, end } = readSubscription(read.data, rules.definitions, rules.baseUrl, rules.outbound);
  if (end !== undefined && !(end.getTime() > Date.now()))
    throw fault('rule-broken', { es: 'el fin ya pasó', en: 'the end is past' }, 'Subscription.end');
  for (const interaction of ['search-type', 'read'] as const)
    if (!mayEver(caller, interaction, query.type))
      throw fault('role-forbidden', { role: caller.role, interaction, type: query.type });
}
