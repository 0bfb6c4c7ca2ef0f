import express, { type NextFunction, type Request, type RequestHandler, type Response, type Router } from 'express';
import { fault, isServiceError, type ServiceError } from '../errors.js';
import { logger } from '../logger.js';
import { assetsRouter } from './assets.js';
import { CSRF_FIELD, isOwnOrigin } from './csrf.js';
import { createPageContext, type PageContext } from './page-context.js';
import { mayOpen, type Page, redirect } from './page.js';
import { PAGES } from './pages.js';
import { errorPage, formRefusedPage } from './pages/error-page.js';
import { sendPage } from './send-page.js';
import type { SiteServices } from './site-services.js';

/** Forms are text; attachments travel otherwise. */
const FORM_LIMIT_BYTES = 256 * 1_024;
const readForm = express.text({ type: 'application/x-www-form-urlencoded', limit: FORM_LIMIT_BYTES });

/** A page asked for by somebody who must sign in first: signing in leads back to it. */
const signInFirst = ({ http }: PageContext) =>
  redirect(`/entrar?volver=${encodeURIComponent(http.request.originalUrl)}`);

/** What reading the body found wrong, or the service itself; anything else is a fault of ours and logged. */
function serviceErrorOf(error: unknown, page: PageContext): ServiceError {
  if (isServiceError(error)) return error;
  if ((error as { type?: string } | null)?.type === 'entity.too.large')
    return fault('body-too-large', { limit: FORM_LIMIT_BYTES });
  logger.error({ err: error, request: page.requestId, path: page.path }, 'a page failed');
  return fault('internal', { request: page.requestId });
}

const wantsHtml = (request: Request): boolean => request.accepts(['json', 'html']) === 'html';

/**
 * The pages and their assets. Order for each request: session, audience, for a POST origin and form token, the page.
 * Paths that are no page go on to the API's own 404, unless a browser asks: then it gets a page.
 */
export function createSite(services: SiteServices): Router {
  const origin = new URL(services.publicUrl).origin;
  const router = express.Router();
  router.use(assetsRouter());

  const run =
    (row: Page): RequestHandler =>
    async (request, response) => {
      const page = await createPageContext(services, request, response);
      try {
        if (!mayOpen(row, page.caller?.role)) {
          if (page.caller)
            throw fault('role-forbidden', { role: page.caller.role, interaction: row.method, type: row.path });
          if (row.method === 'GET') return await sendPage(page, PAGES, signInFirst(page));
          throw fault('token-missing');
        }
        if (
          row.method === 'POST' &&
          !(isOwnOrigin(request.headers, origin) && page.hasFormToken(page.form.raw(CSRF_FIELD)))
        )
          return await sendPage(page, PAGES, formRefusedPage(page));
        await sendPage(page, PAGES, await row.handle(page));
      } catch (error) {
        await sendPage(page, PAGES, errorPage(page, serviceErrorOf(error, page)));
      }
    };
  for (const row of PAGES) {
    if (row.method === 'GET') router.get(row.path, run(row));
    else router.post(row.path, readForm, run(row));
  }
  router.use(async (request: Request, response: Response, next: NextFunction) => {
    if (!wantsHtml(request)) return next();
    const page = await createPageContext(services, request, response);
    await sendPage(page, PAGES, errorPage(page, fault('route-unknown', { path: request.path })));
  });
  // Bodies that are too large, sessions that cannot be read: before there is a page, or while it is made.
  router.use((error: unknown, request: Request, response: Response, next: NextFunction) => {
    if (response.headersSent || !wantsHtml(request)) return next(error);
    const withoutSession: SiteServices = { ...services, sessions: { ...services.sessions, find: nobody } };
    createPageContext(withoutSession, request, response)
      .then((page) => sendPage(page, PAGES, errorPage(page, serviceErrorOf(error, page))))
      .catch(next);
  });
  return router;
}

const nobody = (): Promise<undefined> => Promise.resolve(undefined);
