import type { IncomingMessage, ServerResponse } from 'node:http';
import type { RequestHandler } from 'express';
import helmet, { type HelmetOptions } from 'helmet';

/** What helmet sets on an answer. None of it depends on the request. */
function headersOf(options: Readonly<HelmetOptions>): readonly (readonly [string, string])[] {
  const headers = new Map<string, string>();
  const response: Pick<ServerResponse, 'removeHeader'> & { setHeader(name: string, value: string): void } = {
    setHeader: (name, value) => void headers.set(name, value),
    removeHeader: (name) => void headers.delete(name),
  };
  helmet(options)({} as IncomingMessage, response as ServerResponse, (error?: unknown) => {
    if (error !== undefined) throw error as Error;
  });
  return [...headers];
}

/**
 * Sets helmet's headers and those given, made up once: helmet's own dozen of handlers would join the same texts for each
 * answer.
 * @throws what helmet throws for options that it does not understand
 */
export function securityHeaders(
  options: Readonly<HelmetOptions>,
  others: Readonly<Record<string, string>> = {},
): RequestHandler {
  const headers = [...headersOf(options), ...Object.entries(others)];
  return (_request, response, next) => {
    for (const [name, value] of headers) response.setHeader(name, value);
    next();
  };
}
