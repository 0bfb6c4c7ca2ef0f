import { lookup } from 'node:dns/promises';
import { type ClientRequest, request as httpRequest } from 'node:http';
import { request as httpsRequest, type RequestOptions } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { type OutboundRules, type Resolve, type SafeAddress, safeAddress } from './safe-address.js';

/** A POST to an address that somebody else chose. */
export interface OutsidePost {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly rules: OutboundRules;
  /** For everything together, ms. */
  readonly timeoutMs?: number;
  readonly resolve?: Resolve;
}

export interface OutsideAnswer {
  readonly status: number;
  readonly retryAfter: string | undefined;
}

/** The system's own resolver. */
const systemResolve: Resolve = async (host) =>
  (await lookup(host, { all: true, verbatim: true })).map(({ address }) => address);

/** Answers whoever asks with the one address that was judged. */
const pinned =
  ({ address, family }: SafeAddress): LookupFunction =>
  (_host, options, done) => {
    if (options.all) done(null, [{ address, family }]);
    else done(null, address, family);
  };

function open(target: SafeAddress, { headers, body, timeoutMs = 10_000 }: OutsidePost): ClientRequest {
  const { url } = target;
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1');
  const options: RequestOptions = {
    method: 'POST',
    host,
    port: url.port === '' ? undefined : Number(url.port),
    path: `${url.pathname}${url.search}`,
    headers: { ...headers, host: url.host, 'content-length': String(Buffer.byteLength(body)) },
    lookup: pinned(target),
    // No connection is shared: each is opened to the address that was judged for it.
    agent: false,
    maxHeaderSize: 16_384,
    signal: AbortSignal.timeout(timeoutMs),
    ...(isIP(host) === 0 ? { servername: host } : {}),
  };
  return url.protocol === 'https:' ? httpsRequest(options) : httpRequest(options);
}

/**
 * Posts to an address of somebody else's choice (OWASP API7, server-side request forgery): the host is resolved once, all its
 * addresses are judged, and the connection goes to the judged one. Redirects are answers like any other; of the answer only
 * the status and `Retry-After` are read.
 * @throws OutboundRefused; the error of the connection
 */
export async function postOutside(post: OutsidePost): Promise<OutsideAnswer> {
  const target = await safeAddress(post.url, post.rules, post.resolve ?? systemResolve);
  return new Promise((done, fail) => {
    const request = open(target, post);
    request.on('error', fail);
    request.on('response', (response) => {
      const { statusCode = 0, headers } = response;
      response.on('error', () => undefined);
      response.destroy();
      done({ status: statusCode, retryAfter: headers['retry-after'] });
    });
    request.end(post.body);
  });
}
