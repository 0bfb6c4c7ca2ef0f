import { randomUUID } from 'node:crypto';
import { importJWK, type JWK, SignJWT } from 'jose';

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

export interface AccessToken {
  readonly token: string;
  readonly seconds: number;
}

/**
 * Finds the token endpoint of a service in its SMART configuration (SMART App Launch 2.2, "Conformance").
 * @param url the service, with or without `/fhir`
 * @throws Error when nothing answers there, or not as a SMART server does
 */
export async function discover(url: string): Promise<ServiceAddress> {
  const fhirBase = `${url.replace(/\/+$/, '').replace(/\/fhir$/, '')}/fhir`;
  const response = await fetch(`${fhirBase}/.well-known/smart-configuration`, {
    signal: AbortSignal.timeout(ANSWER_MS),
  });
  const { token_endpoint: tokenEndpoint } = (await response.json()) as { token_endpoint?: string };
  if (tokenEndpoint === undefined) throw new Error(`${fhirBase} names no token_endpoint`);
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
 * @throws Error with the service's words when it refuses
 */
export async function signIn(identity: ClientIdentity, { tokenEndpoint }: ServiceAddress): Promise<AccessToken> {
  const response = await fetch(tokenEndpoint, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      scope: 'system/*.cruds',
      client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
      client_assertion: await assertion(identity, tokenEndpoint),
    }),
    signal: AbortSignal.timeout(ANSWER_MS),
  });
  const answer = (await response.json()) as {
    access_token?: string;
    expires_in?: number;
    error?: string;
    error_description?: string;
  };
  if (answer.access_token === undefined)
    throw new Error(`${identity.account}: ${answer.error_description ?? answer.error ?? `HTTP ${response.status}`}`);
  return { token: answer.access_token, seconds: answer.expires_in ?? 0 };
}
