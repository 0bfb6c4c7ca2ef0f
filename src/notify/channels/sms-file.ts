import { appendFile, mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Channel, SmsMessage } from './channel.js';

/**
 * Gateway for development: each message is a line of an NDJSON file, `{id, to, text, at}`.
 * @param file absolute path; made with its folder when it is missing
 */
export function smsFile(file: string, now: () => Date): Channel<SmsMessage> {
  return {
    async send(message) {
      await mkdir(dirname(file), { recursive: true });
      await appendFile(file, `${JSON.stringify({ ...message, at: now().toISOString() })}\n`, { mode: 0o600 });
      return { state: 'sent' };
    },
    close: () => Promise.resolve(),
  };
}
