import { createTransport } from 'nodemailer';
import type { Channel, MailMessage } from './channel.js';

export interface EmailOptions {
  /** `smtp://` or `smtps://` with user and password. */
  readonly url: string;
  readonly from: string;
  /** Never in the clear: a server that offers no TLS gets no mail. */
  readonly requireTls: boolean;
  readonly timeoutMs?: number;
}

/** Mail over SMTP. The message id is that of the delivery, so that a repeat can be told. */
export function email({ url, from, requireTls, timeoutMs = 15_000 }: EmailOptions): Channel<MailMessage> {
  const transport = createTransport({
    url,
    pool: true,
    maxConnections: 2,
    ...(requireTls ? { requireTLS: true } : {}),
    connectionTimeout: timeoutMs,
    greetingTimeout: timeoutMs,
    socketTimeout: timeoutMs,
    // No file and no address of a message is ever read.
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  const domain = from.slice(from.indexOf('@') + 1);
  return {
    async send({ id, to, subject, text }) {
      try {
        // An object, not a line: no list of addresses can be smuggled into one.
        const address = { name: '', address: to };
        await transport.sendMail({ from, to: address, subject, text, messageId: `<${id}@${domain}>` });
        return { state: 'sent' };
      } catch (error) {
        const { responseCode, code } = error as { responseCode?: number; code?: string };
        const why = responseCode === undefined ? (code ?? 'smtp') : `smtp-${responseCode}`;
        // 5xx of SMTP is final (RFC 5321, 4.2.1); that our own password is wrong passes when somebody mends it.
        const final = responseCode !== undefined && responseCode >= 500 && code !== 'EAUTH';
        return final ? { state: 'dead', why } : { state: 'retry', why };
      }
    },
    close: () => {
      transport.close();
      return Promise.resolve();
    },
  };
}
