import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';

/** What an address outside must be. */
export interface OutboundRules {
  /** No `http:`. */
  readonly httpsOnly: boolean;
  /** Nothing but addresses of the public internet: no loopback, no private or local network, no metadata service. */
  readonly publicOnly: boolean;
  /** This machine itself, beside the public internet: for development and tests. */
  readonly loopback?: boolean;
}

/** All addresses of a host, as text. */
export type Resolve = (host: string) => Promise<readonly string[]>;

/** Why an address is not called: code, no content. */
export class OutboundRefused extends Error {
  override readonly name = 'OutboundRefused';
  constructor(readonly code: 'url' | 'scheme' | 'credentials' | 'address' | 'no-address') {
    super(code);
  }
}

/** Where to connect: the address that was judged, and no other. */
export interface SafeAddress {
  readonly url: URL;
  readonly address: string;
  readonly family: 4 | 6;
}

/** Services of a cloud at public addresses (Azure's host agent). */
const METADATA: ReadonlySet<string> = new Set(['168.63.129.16']);

/** True for an address of the public internet; IPv4 inside IPv6 is judged as what it is. */
export function isPublicAddress(address: string): boolean {
  if (!ipaddr.isValid(address)) return false;
  const parsed = ipaddr.process(address);
  return parsed.range() === 'unicast' && !METADATA.has(parsed.toString());
}

const isAllowed = (address: string, { publicOnly, loopback = false }: OutboundRules): boolean =>
  !publicOnly ||
  isPublicAddress(address) ||
  (loopback && ipaddr.isValid(address) && ipaddr.process(address).range() === 'loopback');

/**
 * What can be told of an address by itself, without asking anybody.
 * @throws OutboundRefused
 */
export function assertSafeUrl(text: string, rules: OutboundRules): URL {
  if (!URL.canParse(text)) throw new OutboundRefused('url');
  // The parser turns 2130706433, 0x7f.1 and 0177.0.0.1 into 127.0.0.1: what is judged is what is called.
  const url = new URL(text);
  if (url.protocol !== 'https:' && (rules.httpsOnly || url.protocol !== 'http:')) throw new OutboundRefused('scheme');
  if (url.username !== '' || url.password !== '') throw new OutboundRefused('credentials');
  const literal = literalOf(url);
  if (literal !== undefined && !isAllowed(literal, rules)) throw new OutboundRefused('address');
  return url;
}

/** Host of a URL without the brackets of IPv6. */
const hostOf = ({ hostname }: URL): string => hostname.replace(/^\[(.*)\]$/, '$1');

const literalOf = (url: URL): string | undefined => (isIP(hostOf(url)) === 0 ? undefined : hostOf(url));

/**
 * Asks for the addresses of a host once and judges them all: one that is not allowed refuses the host, so that no second
 * answer of a name server decides where the connection goes.
 * @throws OutboundRefused; what the resolver throws
 */
export async function safeAddress(text: string, rules: OutboundRules, resolve: Resolve): Promise<SafeAddress> {
  const url = assertSafeUrl(text, rules);
  const literal = literalOf(url);
  const found = literal === undefined ? await resolve(hostOf(url)) : [literal];
  const [address] = found;
  if (address === undefined) throw new OutboundRefused('no-address');
  if (!found.every((one) => isAllowed(one, rules))) throw new OutboundRefused('address');
  return { url, address, family: isIP(address) === 6 ? 6 : 4 };
}
