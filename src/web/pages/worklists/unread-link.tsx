import type { VNode } from 'preact';
import { useSay } from '../../language.js';
import { MESSAGES } from '../../texts/messages.js';
import { INBOX_QUERY } from './inbox-address.js';

/** Path of the list of unread messages. */
export const UNREAD_PATH = '/mensajes';

/** "3 mensajes sin leer" with the way to them; nothing when there are none. */
export function UnreadLink({
  count,
  facility,
}: {
  readonly count: number;
  /** Organization id, for managers. */
  readonly facility: string | undefined;
}): VNode | null {
  const say = useSay();
  if (count === 0) return null;
  const query =
    facility === undefined ? '' : `?${new URLSearchParams({ [INBOX_QUERY.facility]: facility }).toString()}`;
  return (
    <p>
      <a href={`${UNREAD_PATH}${query}`}>{say(count === 1 ? MESSAGES.unreadOne : MESSAGES.unreadMany, { n: count })}</a>
    </p>
  );
}
