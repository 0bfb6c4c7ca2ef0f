import { randomUUID } from 'node:crypto';
import { importJWK, type JWK, SignJWT } from 'jose';
import { StartupError } from '../startup-error.js';
import { refusalText } from './refusal-text.js';

/** Longest wait for one answer, milliseconds. */
export const ANSWER_MS = 30_000;

/** Where a service is and where its tokens are had. */
export interface ServiceAddress {
  readonly fhirBase: string;
  readonly tokenEndpoint: string;
}

/** An OAuth client: its name and private key (JSON Web Key with `kid` and `alg`). */
export interface ClientIdentity {
  readonly account: string;
  readonly key: JWK;
}

/** Token endpoint's answer (RFC 6749, 5.1 and 5.2). */
interface TokenAnswer {
  readonly access_token?: string;
  readonly expires_in?: number;
  readonly error?: string;
  readonly error_description?: string;
}

export interface AccessToken {
  readonly token: string;
  readonly seconds: number;
}

/** The service cannot be reached, or is none. */
export const noService = (url: string, error: unknown): StartupError =>
  new StartupError({
    es: `En ${url} no responde el servicio: ${refusalText(error)}.`,
    en: `The service does not answer at ${url}: ${refusalText(error)}.`,
  });

/** A request outside FHIR, for discovery and tokens: JSON, whatever the status. Throws StartupError without an answer. */
async function ask<T>(url: string, init: RequestInit = {}): Promise<T> {
  try {
    const response = await fetch(url, { ...init, signal: AbortSignal.timeout(ANSWER_MS) });
    return (await response.json()) as T;
  } catch (error) {
    throw noService(url, error);
  }
}

/**
 * Finds the token endpoint of a service in its SMART configuration (SMART App Launch 2.2, "Conformance").
 * @param url the service, with or without `/fhir`
 * @throws StartupError when nothing answers there, or not as a SMART server does
 */
export async function discover(url: string): Promise<ServiceAddress> {
  const fhirBase = `${url.replace(/\/+$/, '').replace(/\/fhir$/, '')}/fhir`;
  const { token_endpoint: tokenEndpoint } = await ask<{ token_endpoint?: string }>(
    `${fhirBase}/.well-known/smart-configuration`,
  );
  if (tokenEndpoint === undefined) throw noService(fhirBase, new Error('no token_endpoint'));
  return { fhirBase, tokenEndpoint };
}

const assertion = async ({ account, key }: ClientIdentity, audience: string): Promise<string> => {
  const { alg = 'ES384', kid = '' } = key;
  return new SignJWT()
    .setProtectedHeader({ alg, kid, typ: 'JWT' })
    .setIssuer(account)
    .setSubject(account)
    .setAudience(audience)
    .setJti(randomUUID())
    .setIssuedAt()
    .setExpirationTime('2m')
    .sign(await importJWK(key, alg));
};

/**
 * Gets a token by client credentials with `private_key_jwt` (RFC 7523; SMART App Launch 2.2, asymmetric client
 * authentication).
 * @throws StartupError with the service's words when it refuses
 */
export async function signIn(identity: ClientIdentity, { tokenEndpoint }: ServiceAddress): Promise<AccessToken> {
  const answer = await ask<TokenAnswer>(tokenEndpoint, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      scope: 'system/*.cruds',
      client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
      client_assertion: await assertion(identity, tokenEndpoint),
    }),
  });
  if (answer.access_token === undefined) {
    const why = answer.error_description ?? answer.error ?? '?';
    throw new StartupError({
      es: `El servicio no da un token a ${identity.account}: ${why}. ¿Son sus claves de este servicio?`,
      en: `The service gives no token to ${identity.account}: ${why}. Are its keys of this service?`,
    });
  }
  return { token: answer.access_token, seconds: answer.expires_in ?? 0 };
}
