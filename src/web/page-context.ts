import type { Request, Response } from 'express';
import { randomBytes } from 'node:crypto';
import { setMaxListeners } from 'node:events';
import type { Caller } from '../access/caller.js';
import type { Session } from '../access/sessions.js';
import { fault } from '../errors.js';
import { requestIdOf } from '../http/request-id.js';
import { type Cookies, cookiesOf } from './cookies.js';
import { csrfToken, isCsrfToken } from './csrf.js';
import { type FhirCalls, fhirCalls } from './fhir-call.js';
import { type FormFields, formFields } from './form-fields.js';
import { type Language, languageOf, type Say, sayIn } from './language.js';
import type { SiteServices } from './site-services.js';

/**
 * All that a page gets. Pages never see the store: what they show and change goes through `fhir` and `tryFhir`, as the
 * signed-in person (both throw 401 `token-missing` when nobody is).
 */
export interface PageContext extends FhirCalls {
  /** Path of the request without its query. */
  readonly path: string;
  /** Places of the page's path, decoded. */
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  /** Fields of the posted form; empty for GET. */
  readonly form: FormFields;
  readonly language: Language;
  readonly say: Say;
  /** Who is signed in. */
  readonly caller?: Caller;
  readonly session?: Session;
  /** The caller; throws 401 when nobody is signed in (pages for `anyone` only). */
  signedIn(): Caller;
  /** A token for one form; `<Form>` asks for it by itself. */
  readonly csrf: () => string;
  /** Does the posted form hold a token of this browser? Checked before every `handle` of a POST. */
  hasFormToken(token: string): boolean;
  readonly requestId: string;
  /** Address of the client, as TRUST_PROXY lets it be seen. */
  readonly ip: string;
  readonly services: SiteServices;
  /** Below the pages: only sign-in needs these. */
  readonly http: { readonly request: Request; readonly response: Response; readonly cookies: Cookies };
}

const LANGUAGE_MS = 365 * 24 * 3_600_000;

/** Ends when the browser leaves before the answer is there. */
function goneSignal(response: Response): AbortSignal {
  const gone = new AbortController();
  // One page may ask many questions at once, each listening for the browser's leaving.
  setMaxListeners(0, gone.signal);
  response.on('close', () => {
    if (!response.writableFinished) gone.abort();
  });
  return gone.signal;
}

function nobody(): never {
  throw fault('token-missing');
}

/** Builds the context of one request. @throws ServiceError 503 when sessions cannot be read */
export async function createPageContext(
  services: SiteServices,
  request: Request,
  response: Response,
): Promise<PageContext> {
  const cookies = cookiesOf(request, response, services.publicUrl.startsWith('https:'));
  const query = new URLSearchParams(request.url.split('?', 2)[1] ?? '');
  const language = languageOf(query.get('lang'), cookies.get('rr_idioma'), request.get('accept-language'));
  if (query.get('lang') === language) cookies.set('rr_idioma', language, LANGUAGE_MS);

  const token = cookies.get('rr_sesion');
  const session = token === undefined ? undefined : await services.sessions.find(token);
  if (token !== undefined && !session) cookies.clear('rr_sesion');
  let visit = cookies.get('rr_visita');
  const csrf = (): string => {
    if (session && token !== undefined) return csrfToken(token);
    if (visit === undefined) {
      visit = randomBytes(24).toString('base64url');
      cookies.set('rr_visita', visit);
    }
    return csrfToken(visit);
  };

  const requestId = requestIdOf(response);
  const ip = request.ip ?? 'unknown';
  const calls: FhirCalls = session
    ? fhirCalls(services.fhir, session.caller, { requestId, ip, signal: goneSignal(response) })
    : { fhir: nobody, tryFhir: nobody };
  return {
    ...calls,
    path: request.path,
    params: request.params as Readonly<Record<string, string>>,
    query,
    form: formFields(typeof request.body === 'string' ? request.body : ''),
    language,
    say: sayIn(language),
    ...(session ? { caller: session.caller, session } : {}),
    signedIn: () => session?.caller ?? nobody(),
    csrf,
    hasFormToken: (given) => {
      const secret = session ? token : visit;
      return secret !== undefined && isCsrfToken(secret, given);
    },
    requestId,
    ip,
    services,
    http: { request, response, cookies },
  };
}
