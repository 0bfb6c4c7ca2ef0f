import { partiesOf } from '../../../referral/parties.js';
import { isQueued } from '../../../referral/queue.js';
import { SCHEDULER } from '../../../referral/slots/as-scheduler.js';
import type { PageContext } from '../../page-context.js';
import type { ReferralView } from './referral-view.js';

/** Does the signed-in person keep the waiting list in which the referral stands? */
export function mayMoveInQueue(page: Pick<PageContext, 'signedIn'>, { sides, state }: ReferralView): boolean {
  const { role, facility, facilities } = page.signedIn();
  const parties = partiesOf({ roles: [role], facilities, ...(facility === undefined ? {} : { facility }) }, sides);
  return isQueued(state) && parties.some((party) => SCHEDULER.includes(party));
}

/** Address of the form. */
export const queueHref = ({ order }: Pick<ReferralView, 'order'>): string => `/referencias/${order.id}/fila`;
