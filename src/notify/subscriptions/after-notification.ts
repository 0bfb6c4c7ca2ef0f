import type { Delivery, Outcome } from '../../store/delivery.js';
import { setStatus } from './set-status.js';
import type { SubscriptionServices } from './subscription-kind.js';

/** Failures in a row after which the Subscription says that it has errors. */
const SHOWN_AFTER = 3;

const subscriptionId = ({ to }: Delivery): string => to.slice('Subscription/'.length);

/**
 * Tells the Subscription how its deliveries go (R4 subscription.html, "status"): `error` after some failures, `active` again
 * when one succeeds, `off` when one was given up.
 */
export async function afterNotification(
  { context, deliveries, now }: Pick<SubscriptionServices, 'context' | 'deliveries' | 'now'>,
  delivery: Delivery,
  outcome: Outcome,
  failures: number,
): Promise<void> {
  const id = subscriptionId(delivery);
  const handshake = delivery.text === 'handshake';
  const error = 'why' in outcome ? `${outcome.why} (${failures})` : '';
  if (outcome.state === 'sent' && !handshake && failures > SHOWN_AFTER)
    await setStatus(context, id, { status: 'active', from: ['error'] });
  if (outcome.state === 'retry' && failures === SHOWN_AFTER)
    await setStatus(context, id, { status: 'error', error, from: handshake ? ['requested'] : ['active'] });
  if (outcome.state !== 'dead') return;
  await setStatus(context, id, { status: 'off', error, from: ['requested', 'active', 'error'] });
  await deliveries.dropLane(delivery.lane, 'subscription-off', now());
}
