import type { Outcome } from '../../store/delivery.js';

/** A short message. */
export interface SmsMessage {
  /** The same for every try: the gateway can tell a repeat. */
  readonly id: string;
  /** E.164. */
  readonly to: string;
  readonly text: string;
}

/** A mail. */
export interface MailMessage extends SmsMessage {
  readonly subject: string;
}

/** A way out of the service. Never throws for what the other side does: that is an outcome. */
export interface Channel<Message> {
  send(message: Message): Promise<Outcome>;
  close(): Promise<void>;
}
