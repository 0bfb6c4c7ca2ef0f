import type { Bundle } from '@medplum/fhirtypes';
import type { VNode } from 'preact';
import { nationalNumber } from '../../../referral/legs.js';
import { orderOfMessage } from '../../../referral/messages/message.js';
import { EmptyState } from '../../components/empty-state.js';
import { Table } from '../../components/table.js';
import { timeText } from '../../dates.js';
import type { PageContext } from '../../page-context.js';
import { type Page, view } from '../../page.js';
import { inBundle } from '../../resources/in-bundle.js';
import { nameOrUnknown } from '../../resources/person.js';
import { MESSAGES } from '../../texts/messages.js';
import { INBOX } from '../../texts/worklists.js';
import { messageText } from '../referral/messages-of.js';
import { chooseFacility } from './choose-facility.js';
import { INBOX_QUERY } from './inbox-address.js';
import { LIST_ROLES } from './role-lists.js';
import { UNREAD_PATH } from './unread-link.js';
import { workplaceOf } from './workplace.js';

function table(page: PageContext, bundle: Bundle): VNode {
  const { say, language } = page;
  const messages = inBundle(bundle, 'Communication');
  const orders = new Map(inBundle(bundle, 'ServiceRequest').map((order) => [order.id, order]));
  const patients = new Map(inBundle(bundle, 'Patient').map((patient) => [`Patient/${patient.id}`, patient]));
  const total = bundle.total ?? messages.length;
  return (
    <Table
      caption={say(total === 1 ? MESSAGES.captionOne : MESSAGES.caption, { n: total })}
      columns={[{ name: say(MESSAGES.person) }, { name: say(MESSAGES.message) }, { name: say(MESSAGES.when) }]}
      rows={messages.map((message) => {
        const id = orderOfMessage(message) ?? '';
        const order = orders.get(id);
        const patient = patients.get(message.subject?.reference ?? '');
        return [
          <>
            <a class="rr-row__link" href={`/referencias/${id}#mensajes`}>
              {patient ? nameOrUnknown(patient, say) : say(INBOX.noPatient)}
            </a>
            {order && (
              <span class="rr-row__note">{say(MESSAGES.referral, { number: nationalNumber(order) ?? order.id })}</span>
            )}
          </>,
          messageText(message),
          message.sent === undefined ? '' : timeText(message.sent, language),
        ];
      })}
    />
  );
}

/** `/mensajes`: messages on referrals that the person's facility has not read. Opening the list reads none of them. */
export const unreadPage: Page = {
  method: 'GET',
  path: UNREAD_PATH,
  audience: LIST_ROLES,
  async handle(page) {
    const { say } = page;
    const workplace = workplaceOf(page, page.query.get(INBOX_QUERY.facility));
    const choice = await chooseFacility(page, workplace, UNREAD_PATH);
    if (workplace.facility === undefined) return view(MESSAGES.unreadTitle, choice ?? <></>);
    const { resource } = await page.fhir<Bundle>('GET', `Organization/${workplace.facility}/$unread-messages`);
    return view(
      MESSAGES.unreadTitle,
      <>
        {choice}
        {(resource.entry ?? []).length === 0 ? (
          <EmptyState title={say(MESSAGES.noneUnread)}>
            <p>{say(MESSAGES.noneUnreadText)}</p>
          </EmptyState>
        ) : (
          table(page, resource)
        )}
      </>,
    );
  },
};
