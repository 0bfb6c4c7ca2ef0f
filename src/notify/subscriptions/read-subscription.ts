import { z } from 'zod';
import { groupOf, isConformanceType } from '../../access/policy/type-groups.js';
import { fault, isServiceError } from '../../errors.js';
import type { Definitions } from '../../fhir/definitions/definitions.js';
import { parseSearch } from '../../fhir/search/parse.js';
import type { SearchQuery } from '../../fhir/search/search-query.js';
import { assertSafeUrl, OutboundRefused, type OutboundRules } from '../outbound/safe-address.js';
import { channelHeaders } from './channel-headers.js';
import { BACKPORT_URLS, TOPICS } from './topics.js';

export const PAYLOADS = ['empty', 'id-only', 'full-resource'] as const;
export type Payload = (typeof PAYLOADS)[number];

/** What a Subscription asks for, understood. */
export interface SubscriptionPlan {
  /** Canonical of the topic; absent for criteria of R4's own kind. */
  readonly topic?: string;
  readonly query: SearchQuery;
  readonly payload: Payload;
  readonly endpoint: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly end?: Date;
}

const Extensions = z
  .array(z.looseObject({ url: z.string(), valueString: z.string().optional(), valueCode: z.string().optional() }))
  .optional();
const Element = z.looseObject({ extension: Extensions }).optional();

/** The parts that are read; whether the rest is a Subscription is the validator's to say. */
export const SubscriptionShape = z.looseObject({
  status: z.string(),
  end: z.string().optional(),
  criteria: z.string(),
  _criteria: Element,
  channel: z.looseObject({
    type: z.string(),
    endpoint: z.string().optional(),
    payload: z.string().optional(),
    _payload: Element,
    header: z.array(z.string()).optional(),
  }),
});
export type ReadSubscription = z.infer<typeof SubscriptionShape>;

const broken = (path: string, es: string, en: string): Error =>
  fault('rule-broken', { es, en }, `Subscription.${path}`);

/** Parameters of a search that narrow what is found, and do not only shape the answer. */
const NARROWING: ReadonlySet<string> = new Set(['_id', '_lastUpdated', '_tag', '_profile', '_security', '_source']);

function searchOf(definitions: Definitions, text: string, path: string, baseUrl: string): SearchQuery {
  const [, type = '', search = ''] = /^([A-Za-z]+)(?:\?(.*))?$/s.exec(text) ?? [];
  const known = definitions.isResourceType(type) && !isConformanceType(type);
  if (!known || groupOf(type) === 'audit' || groupOf(type) === 'subscription')
    throw broken(
      path,
      `el criterio es un tema de este servicio o Tipo?parametro=valor, no «${text.slice(0, 100)}»`,
      `criteria are a topic of this service or Type?parameter=value, not "${text.slice(0, 100)}"`,
    );
  const query = [...new URLSearchParams(search)];
  const shaping = query.find(([name]) => name.startsWith('_') && !NARROWING.has(name.replace(/:.*$/s, '')));
  if (shaping) throw broken(path, `«${shaping[0]}» no filtra`, `"${shaping[0]}" does not filter`);
  try {
    return parseSearch(definitions, type, query, { baseUrl });
  } catch (error) {
    if (!isServiceError(error)) throw error;
    throw broken(path, `no se entiende «${text.slice(0, 200)}»`, `"${text.slice(0, 200)}" is not understood`);
  }
}

function criteriaOf(
  { criteria, _criteria }: ReadSubscription,
  definitions: Definitions,
  baseUrl: string,
): Pick<SubscriptionPlan, 'topic' | 'query'> {
  const topic = TOPICS.find(({ url }) => url === criteria);
  if (!topic) return { query: searchOf(definitions, criteria, 'criteria', baseUrl) };
  const filters = (_criteria?.extension ?? []).filter(({ url }) => url === BACKPORT_URLS.filter);
  const path = 'criteria.extension';
  if (filters.length > 1)
    throw broken(path, 'un filtro como máximo; únalos con &', 'one filter at most; join them by &');
  const query = searchOf(definitions, filters[0]?.valueString ?? topic.type, path, baseUrl);
  if (query.type !== topic.type) throw broken(path, `el tema es de ${topic.type}`, `the topic is about ${topic.type}`);
  return { topic: topic.url, query };
}

function payloadOf({ channel }: ReadSubscription): Payload {
  const { payload, _payload } = channel;
  if (payload !== undefined && !['application/fhir+json', 'application/json'].includes(payload))
    throw broken('channel.payload', 'se envía application/fhir+json', 'application/fhir+json is sent');
  const asked = _payload?.extension?.find(({ url }) => url === BACKPORT_URLS.payload)?.valueCode;
  if (asked === undefined) return payload === undefined ? 'empty' : 'full-resource';
  const known = PAYLOADS.find((one) => one === asked);
  if (!known) throw broken('channel.payload.extension', PAYLOADS.join(', '), PAYLOADS.join(', '));
  return known;
}

function endpointOf({ channel }: ReadSubscription, rules: OutboundRules): string {
  const { endpoint } = channel;
  if (endpoint === undefined) throw broken('channel.endpoint', 'falta la dirección', 'the address is missing');
  try {
    return assertSafeUrl(endpoint, rules).href;
  } catch (error) {
    if (!(error instanceof OutboundRefused)) throw error;
    throw broken(
      'channel.endpoint',
      `la dirección no se admite (${error.code}): https, pública, sin usuario ni clave`,
      `the address is refused (${error.code}): https, public, without user or password`,
    );
  }
}

/**
 * Understands a Subscription completely or refuses it (https://hl7.org/fhir/R4/subscription.html and the R5 backport guide).
 * @throws ServiceError 422 `rule-broken` that names the element
 */
export function readSubscription(
  subscription: ReadSubscription,
  definitions: Definitions,
  baseUrl: string,
  rules: OutboundRules,
): SubscriptionPlan {
  const { channel, end } = subscription;
  if (channel.type !== 'rest-hook') throw broken('channel.type', 'se admite rest-hook', 'rest-hook is supported');
  return {
    ...criteriaOf(subscription, definitions, baseUrl),
    payload: payloadOf(subscription),
    endpoint: endpointOf(subscription, rules),
    headers: channelHeaders(channel.header ?? []),
    ...(end === undefined ? {} : { end: new Date(end) }),
  };
}
