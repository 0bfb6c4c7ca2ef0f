import type { NotifyKind } from '../notify-kind.js';
import { deriveMessages, type MessageChannel } from './derive-messages.js';
import { type MessageServices, sendMessage } from './send-message.js';

/** Messages to patients and facilities, derived from the moves of referrals. */
export function messageKind(services: MessageServices): NotifyKind {
  const { context, sms, email } = services;
  const channels = new Set<MessageChannel>([
    ...(sms ? (['sms'] as const) : []),
    ...(email ? (['email'] as const) : []),
  ]);
  return {
    kind: 'messages',
    derive: (entry) => deriveMessages(context, entry, channels),
    send: (delivery) => sendMessage(services, delivery),
    async close() {
      await Promise.all([sms?.close(), email?.close()]);
    },
  };
}
