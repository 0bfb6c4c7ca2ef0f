import type { VNode } from 'preact';
import { localTarget } from '../../../../fhir/references.js';
import { facilitiesAddressed } from '../../../../referral/messages/message.js';
import { Button } from '../../../components/button.js';
import { Form } from '../../../components/form.js';
import { Tag } from '../../../components/tag.js';
import { timeText } from '../../../dates.js';
import type { PageContext } from '../../../page-context.js';
import { MESSAGES } from '../../../texts/messages.js';
import { actorName } from '../actor-name.js';
import { isUnread, mayWrite, type Message, messagesOf, messageText, senderFacility } from '../messages-of.js';
import type { ReferralView } from '../referral-view.js';
import { MessageForm } from './message-form.js';

interface SectionProps {
  readonly page: PageContext;
  readonly view: ReferralView;
}

/** Read, not read, or new to this person. */
function Receipt({ page, view, message }: SectionProps & { readonly message: Message }): VNode {
  const { say, language } = page;
  const place = view.facilityName(facilitiesAddressed(message)[0]);
  if (isUnread(page, message)) return <Tag label={MESSAGES.isNew} tone="soon" />;
  return (
    <span class="rr-quiet">
      {message.received === undefined
        ? say(MESSAGES.notRead, { place })
        : say(MESSAGES.readAt, { place, when: timeText(message.received, language) })}
    </span>
  );
}

interface ThreadProps extends SectionProps {
  readonly messages: readonly Message[];
  /** Id of the message that these answer; none for those that begin a thread. */
  readonly parent?: string;
}

/** Messages that answer one, each with those that answer it below. */
function Thread({ page, view, messages, parent }: ThreadProps): VNode | null {
  const { say, language } = page;
  const known = new Set(messages.map(({ id }) => id));
  const parentOf = ({ inResponseTo = [] }: Message): string | undefined =>
    inResponseTo.map(({ reference }) => localTarget(reference ?? '')?.id ?? '').find((id) => known.has(id));
  const here = messages.filter((message) => parentOf(message) === parent);
  if (here.length === 0) return null;
  return (
    <ol class="rr-messages">
      {here.map((message) => {
        const from = senderFacility(view, message);
        const who = [actorName(view, message.sender), from === undefined ? '' : view.facilityName(from)];
        const names = [...new Set(who)].filter((name) => name !== '').join(' · ');
        const toPatient = message.recipient?.some(({ reference }) => reference?.startsWith('Patient/')) ?? false;
        return (
          <li class="rr-message" id={`mensaje-${message.id}`}>
            <p class="rr-message__head">
              {say(MESSAGES.by, { who: names, when: timeText(message.sent ?? '', language) })}
            </p>
            <p class="rr-message__text">{messageText(message)}</p>
            <p>
              <Receipt page={page} view={view} message={message} />{' '}
              {toPatient && <span class="rr-quiet">{say(MESSAGES.toPatient)} </span>}
              {mayWrite(page, view) && from !== page.signedIn().facility && (
                <a
                  href={`/referencias/${view.order.id}?responder=${message.id}#escribir`}
                  aria-label={`${say(MESSAGES.answerTo)}: ${messageText(message).slice(0, 60)}`}
                >
                  {say(MESSAGES.answerTo)}
                </a>
              )}
            </p>
            <Thread page={page} view={view} messages={messages} parent={message.id} />
          </li>
        );
      })}
    </ol>
  );
}

/** What the two facilities wrote each other, with who has read it; a form to write when the person stands on a side. */
export function Messages({ page, view }: SectionProps): VNode | null {
  const { say } = page;
  const messages = messagesOf(view);
  const writes = mayWrite(page, view);
  if (messages.length === 0 && !writes) return null;
  const unread = messages.filter((message) => isUnread(page, message)).length;
  const answered = messages.find(({ id }) => id === page.query.get('responder'));
  return (
    <section aria-labelledby="mensajes">
      <h2 id="mensajes">{say(MESSAGES.title)}</h2>
      <p class="rr-quiet">{say(MESSAGES.intro)}</p>
      {messages.length === 0 ? <p>{say(MESSAGES.none)}</p> : <Thread page={page} view={view} messages={messages} />}
      {unread > 0 && writes && (
        <Form action={`/referencias/${view.order.id}/mensajes/leidos`}>
          <Button label={MESSAGES.markRead} kind="plain" />
        </Form>
      )}
      {writes && <MessageForm page={page} view={view} {...(answered ? { answered } : {})} />}
    </section>
  );
}
