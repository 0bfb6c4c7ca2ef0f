import express, { type Express } from 'express';
import type { AppContext } from '../context.js';
import { fault } from '../errors.js';
import { referralGauges } from '../referral/proof/referral-gauges.js';
import { resourceAnswer } from '../fhir/answer.js';
import { asyncRouter } from './async-router.js';
import { createFhirXml } from '../fhir/xml/fhir-xml.js';
import { anonymousCaller } from './anonymous-caller.js';
import { authenticated } from './authenticated.js';
import { readBody } from './fhir-body.js';
import { fhirRouter, openAnswer } from './fhir-router.js';
import { healthRouter } from './health.js';
import { createMetrics } from './metrics.js';
import { openApi } from './open-api.js';
import { publicStatistics } from './public-statistics.js';
import { requestId } from './request-id.js';
import { securityHeaders } from './security-headers.js';
import { errorHandler } from './send-error.js';
import { traceRequests } from './trace-requests.js';

/** What a page may load and where its forms may go: this service alone. */
const CONTENT_SECURITY_POLICY = {
  'default-src': ["'none'"],
  'script-src': ["'self'"],
  'style-src': ["'self'"],
  'img-src': ["'self'", 'data:'],
  'connect-src': ["'self'"],
  'form-action': ["'self'"],
  'base-uri': ["'none'"],
  'frame-ancestors': ["'none'"],
};

/** The HTTP service: discovery and health without a token, the authorization server, the FHIR API, pages, errors last. */
export function createApp(context: AppContext): Express {
  const { authorizationServer, authenticate, config } = context;
  const metrics = createMetrics(authenticate, context.notifier, () => referralGauges(context.store, new Date()));
  const xml = createFhirXml(context.definitions);
  const app = express();
  app.disable('x-powered-by');
  // Express would answer 304 by its own body hash; FHIR's ETag is the version.
  app.disable('etag');
  app.set('trust proxy', config.server.trustProxy);
  app.use(requestId, metrics.measure);
  if (config.tracesTo !== undefined) app.use(traceRequests((segment) => context.definitions.isResourceType(segment)));
  // No inline script or style anywhere. Forms tell where they come from (Origin) only while a referrer is allowed.
  app.use(
    securityHeaders(
      {
        contentSecurityPolicy: { useDefaults: false, directives: CONTENT_SECURITY_POLICY },
        referrerPolicy: { policy: 'same-origin' },
      },
      { 'Cache-Control': 'no-store' },
    ),
  );
  app.use(healthRouter(context));
  app.get('/metrics', metrics.serve);
  // Before any body parser: the authorization server reads its own forms.
  app.use('/oauth', (request, response, next) => authorizationServer.callback(request, response, next));
  app.get('/.well-known/openid-configuration', (_request, response) => {
    response.json(authorizationServer.openidConfiguration());
  });
  app.get(['/.well-known/smart-configuration', '/fhir/.well-known/smart-configuration'], (_request, response) => {
    response.json(authorizationServer.smartConfiguration());
  });
  app.get(
    '/fhir/metadata',
    openAnswer(xml, () => resourceAnswer(200, context.capabilityStatement())),
  );
  app.get('/openapi.json', (_request, response) => {
    response.json(openApi(context));
  });
  app.use('/datos/v1', publicStatistics(context));
  // 401 before a single byte of the body is read (design.md 3a.6).
  app.use(
    '/fhir',
    authenticated(authenticate, anonymousCaller(context)),
    readBody(config.server.bodyLimitBytes),
    asyncRouter(context),
    fhirRouter(context, xml),
  );
  app.use(context.pages);
  app.use((request) => {
    throw fault('route-unknown', { path: request.path });
  });
  app.use(errorHandler(config.server.bodyLimitBytes, xml));
  return app;
}
