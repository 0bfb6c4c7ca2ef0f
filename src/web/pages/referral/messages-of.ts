import type { Communication } from '@medplum/fhirtypes';
import { reachOf } from '../../../access/policy/policy-table.js';
import { localTarget } from '../../../fhir/references.js';
import { facilitiesAddressed, orderOfMessage } from '../../../referral/messages/message.js';
import type { PageContext } from '../../page-context.js';
import type { ReferralView } from './referral-view.js';

export type Message = Communication & { readonly id: string };

/** Messages on this referral that the person may see, oldest first. */
export const messagesOf = (view: ReferralView): readonly Message[] =>
  view
    .all('Communication')
    .filter((message) => orderOfMessage(message) === view.order.id)
    .sort((a, b) => Date.parse(a.sent ?? '') - Date.parse(b.sent ?? ''));

/** What a message says; what it encloses by its name. */
export const messageText = ({ payload = [] }: Communication): string =>
  payload.flatMap(({ contentString, contentReference }) => contentString ?? contentReference?.display ?? []).join('\n');

/** Organization id of the facility that wrote a message. */
export function senderFacility(view: Pick<ReferralView, 'find'>, { sender }: Communication): string | undefined {
  const target = localTarget(sender?.reference ?? '');
  if (target?.type === 'Organization') return target.id;
  const post = view.find('PractitionerRole', sender);
  return localTarget(post?.organization?.reference ?? '')?.id;
}

/** May this person write to the other facility of this referral? */
export const mayWrite = (page: Pick<PageContext, 'signedIn'>, { side, leg }: ReferralView): boolean =>
  side !== undefined && leg !== undefined && reachOf(page.signedIn().role, 'workflow', '$read-messages') !== undefined;

/** Was it written to the person's facility, and has nobody there read it? */
export function isUnread(page: Pick<PageContext, 'signedIn'>, message: Communication): boolean {
  const { facility } = page.signedIn();
  return message.received === undefined && facility !== undefined && facilitiesAddressed(message).includes(facility);
}
