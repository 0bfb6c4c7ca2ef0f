// Client credentials with private_key_jwt (SMART App Launch 2.2, RFC 7523), and a FHIR client that carries the token.
import { randomUUID } from 'node:crypto';
import { Client } from 'fhir-kit-client';
import { importJWK, SignJWT } from 'jose';

/**
 * @param {string} base address of the service, for example http://127.0.0.1:8080
 * @param {object} key private JWK with `kid` and `alg`
 * @param {string} clientId name of the system's account, for example system.hosp1
 */
export async function signIn(base, key, clientId) {
  const discovery = await fetch(`${base}/fhir/.well-known/smart-configuration`);
  const { token_endpoint: tokenEndpoint } = await discovery.json();
  const assertion = await new SignJWT()
    .setProtectedHeader({ alg: key.alg, kid: key.kid, typ: 'JWT' })
    .setIssuer(clientId)
    .setSubject(clientId)
    .setAudience(tokenEndpoint)
    .setJti(randomUUID())
    .setIssuedAt()
    .setExpirationTime('2m')
    .sign(await importJWK(key, key.alg));
  const response = await fetch(tokenEndpoint, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      scope: 'system/*.cruds',
      client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
      client_assertion: assertion,
    }),
  });
  const { access_token: token, error, error_description: why } = await response.json();
  if (!token) throw new Error(`${error}: ${why}`);
  const client = new Client({ baseUrl: `${base}/fhir` });
  client.bearerToken = token;
  return client;
}
