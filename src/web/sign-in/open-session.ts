import type { Organization } from '@medplum/fhirtypes';
import { callerFromClaims } from '../../access/authenticate.js';
import type { SessionClaims } from '../../access/sessions.js';
import { fhirCalls } from '../fhir-call.js';
import type { PageContext } from '../page-context.js';

/** Name of an organization, read as the person who enters there. */
export async function placeName(page: PageContext, claims: SessionClaims): Promise<string | undefined> {
  if (claims.facility === undefined) return undefined;
  const caller = await callerFromClaims({ ...claims, iat: Date.now() / 1_000 }, page.services.accounts);
  const { requestId, ip } = page;
  const calls = fhirCalls(page.services.fhir, caller, { requestId, ip, signal: new AbortController().signal });
  const found = await calls.tryFhir<Organization>('GET', `Organization/${claims.facility}`);
  return found.ok ? found.resource.name : undefined;
}

/**
 * Starts a session and gives the browser its cookie, a new one each time so that nobody can plant one beforehand.
 * @param started start of the session that this one continues
 */
export async function openSession(page: PageContext, given: SessionClaims, started?: Date): Promise<void> {
  const { sub, client_id, scope, role, acts_as, facility, purpose_of_use } = given;
  // Posts without a facility have none, not an empty one: what is stored is compared with the account later.
  const at = facility === undefined ? {} : { facility };
  const claims: SessionClaims = { sub, client_id, scope, role, acts_as, ...at, purpose_of_use };
  const { cookies } = page.http;
  const old = cookies.get('rr_sesion');
  const place = await placeName(page, claims);
  const token = await page.services.sessions.open({
    claims,
    ...(place === undefined ? {} : { place }),
    ...(started ? { started } : {}),
  });
  if (old !== undefined) await page.services.sessions.close(old);
  cookies.set('rr_sesion', token);
}
