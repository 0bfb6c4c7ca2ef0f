import { pino } from 'pino';
import type { Logger } from 'pino';

/** Keys whose values never reach the log: credentials, and anything that may hold facts about a person. */
const REDACTED = [
  'authorization',
  'cookie',
  'token',
  'access_token',
  'client_assertion',
  'password',
  'secret',
  'uri',
  'body',
  'query',
  'headers.authorization',
  'headers.cookie',
  'req.headers.authorization',
  'req.headers.cookie',
  'res.headers["set-cookie"]',
];

/**
 * Makes a logger of JSON lines on standard output.
 * Log what happened to which request (id, route template, status, time), never contents of resources, names,
 * identifiers or search texts: those belong into the audit trail.
 */
export const createLogger = (level: string, stream?: { write(line: string): void }): Logger => {
  const options = {
    level,
    base: { service: 'referencia-respuesta' },
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: { paths: REDACTED.flatMap((path) => [path, `*.${path}`]), censor: '[oculto]' },
  };
  return stream ? pino(options, stream) : pino(options);
};

/** The logger of this process; `main` sets its level from the configuration. */
export const logger: Logger = createLogger('warn');
