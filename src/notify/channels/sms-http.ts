import type { Channel, SmsMessage } from './channel.js';
import { httpOutcome } from './http-outcome.js';

export interface SmsHttpOptions {
  /** Address of the gateway; https in production (checked with the configuration). */
  readonly url: string;
  readonly key: string;
  readonly now: () => Date;
  /** ms */
  readonly timeoutMs?: number;
}

const codeOf = (error: unknown): string => {
  const { cause, name } = error as { cause?: { code?: unknown }; name?: string };
  return typeof cause?.code === 'string' ? cause.code : (name ?? 'error');
};

/** Gateway over HTTP: POST of `{id, to, text}` with the key; the id is the idempotency key of the gateway, too. */
export function smsHttp({ url, key, now, timeoutMs = 10_000 }: SmsHttpOptions): Channel<SmsMessage> {
  return {
    async send(message) {
      try {
        const response = await fetch(url, {
          method: 'POST',
          headers: {
            authorization: `Bearer ${key}`,
            'content-type': 'application/json',
            'idempotency-key': message.id,
          },
          body: JSON.stringify({ id: message.id, to: message.to, text: message.text }),
          redirect: 'manual',
          signal: AbortSignal.timeout(timeoutMs),
        });
        await response.body?.cancel();
        return httpOutcome(response.status, response.headers.get('retry-after'), now());
      } catch (error) {
        return { state: 'retry', why: codeOf(error) };
      }
    },
    close: () => Promise.resolve(),
  };
}
