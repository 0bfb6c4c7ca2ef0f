import { Agent, request } from 'node:http';

export interface HttpTarget {
  /** Sends one request and reads the whole answer; resolves to the status. */
  send(method: string, path: string, body?: string, headers?: Record<string, string>): Promise<number>;
  close(): void;
}

/** Plain keep-alive client, the same for every server: what it costs is the same in all columns. */
export function httpTarget(base: string, token: string | undefined, users: number): HttpTarget {
  const agent = new Agent({ keepAlive: true, maxSockets: users });
  const { hostname, port } = new URL(base);
  return {
    send: (method, path, body, headers = {}) =>
      new Promise((resolve, reject) => {
        const outgoing = request(
          {
            agent,
            hostname,
            port,
            method,
            path,
            headers: {
              ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
              ...(body === undefined
                ? {}
                : { 'content-type': 'application/fhir+json', 'content-length': Buffer.byteLength(body) }),
              ...headers,
            },
          },
          (answer) => {
            answer.on('data', () => undefined);
            answer.on('end', () => resolve(answer.statusCode ?? 0));
            answer.on('error', reject);
          },
        );
        outgoing.on('error', reject);
        outgoing.end(body);
      }),
    close: () => agent.destroy(),
  };
}
