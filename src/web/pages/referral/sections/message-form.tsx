import { randomUUID } from 'node:crypto';
import type { Communication } from '@medplum/fhirtypes';
import type { VNode } from 'preact';
import { Button } from '../../../components/button.js';
import { Form } from '../../../components/form.js';
import { TextArea } from '../../../components/text-area.js';
import type { PageContext } from '../../../page-context.js';
import { MESSAGES } from '../../../texts/messages.js';
import { messageText } from '../messages-of.js';
import type { ReferralView } from '../referral-view.js';

/** Names of the form's fields. */
export const MESSAGE_FIELDS = { text: 'texto', answers: 'contesta', key: 'clave' } as const;

/** Words of a message that tell which one is answered. */
const HINT = 80;

/** A form to write to the other facility of a referral; sent twice it makes one message, by its key. */
export function MessageForm({
  page,
  view,
  answered,
  error,
}: {
  readonly page: PageContext;
  readonly view: ReferralView;
  /** The message that this one answers. */
  readonly answered?: Communication & { readonly id: string };
  readonly error?: string;
}): VNode {
  const { say, form } = page;
  const other = view.side === 'origin' ? view.sides.destination : view.sides.origin;
  const place = view.facilityName(other);
  const label = { es: MESSAGES.text.es.replace('{place}', place), en: MESSAGES.text.en.replace('{place}', place) };
  return (
    <div id="escribir">
      <Form action={`/referencias/${view.order.id}/mensajes`}>
        {answered && (
          <>
            <p>{say(MESSAGES.answering, { text: messageText(answered).slice(0, HINT) })}</p>
            <input type="hidden" name={MESSAGE_FIELDS.answers} value={answered.id} />
          </>
        )}
        <input type="hidden" name={MESSAGE_FIELDS.key} value={form.get(MESSAGE_FIELDS.key) || randomUUID()} />
        <TextArea
          name={MESSAGE_FIELDS.text}
          label={label}
          value={form.get(MESSAGE_FIELDS.text)}
          rows={3}
          error={error}
        />
        <Button label={MESSAGES.send} kind="plain" />
      </Form>
    </div>
  );
}
