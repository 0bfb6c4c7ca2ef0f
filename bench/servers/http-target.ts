import { Agent, request } from 'node:http';
import type { Ask } from '../scenarios/scenario.js';

export interface Answer {
  readonly status: number;
  /** Body; empty unless it was asked for. */
  readonly text: string;
}

export interface HttpTarget {
  /** Sends one request and reads the whole answer; its text is kept only when asked for. */
  send(ask: Ask, options?: { scenario?: string; keep?: boolean }): Promise<Answer>;
  close(): void;
}

/** Header that tells the bare handler which scenario a request belongs to; ours does not look at it. */
export const SCENARIO_HEADER = 'x-scenario';

/** Plain keep-alive client, the same for every server: what it costs is the same in all columns. */
export function httpTarget(base: string, token: string | undefined, users: number): HttpTarget {
  const agent = new Agent({ keepAlive: true, maxSockets: users });
  const { hostname, port } = new URL(base);
  const authorization = token === undefined ? {} : { authorization: `Bearer ${token}` };
  return {
    send: ({ method, path, body }, { scenario, keep = false } = {}) =>
      new Promise((resolve, reject) => {
        const content =
          body === undefined
            ? {}
            : { 'content-type': 'application/fhir+json', 'content-length': Buffer.byteLength(body) };
        const headers = {
          ...authorization,
          ...content,
          ...(scenario === undefined ? {} : { [SCENARIO_HEADER]: scenario }),
        };
        const outgoing = request({ agent, hostname, port, method, path, headers }, (answer) => {
          let text = '';
          if (keep) answer.setEncoding('utf8').on('data', (part: string) => (text += part));
          else answer.on('data', () => undefined);
          answer.on('end', () => resolve({ status: answer.statusCode ?? 0, text }));
          answer.on('error', reject);
        });
        outgoing.on('error', reject);
        outgoing.end(body);
      }),
    close: () => agent.destroy(),
  };
}
