import express, { type Express } from 'express';
import { CORE_SCENARIOS } from '../scenarios/core.js';
import type { Ask, Scenario } from '../scenarios/scenario.js';
import { SEARCH_SCENARIOS } from '../scenarios/search.js';
import type { DatabaseWork } from '../work/database-work.js';
import { SCENARIO_HEADER } from './http-target.js';

const SCENARIOS: ReadonlyMap<string, Scenario> = new Map(
  [...CORE_SCENARIOS, ...SEARCH_SCENARIOS].map((scenario) => [scenario.name, scenario]),
);

/**
 * The bare Express 5 handler (design.md 3a.13): the same database work, audit and bytes, the body read and parsed; no token,
 * no FHIR rules. A header names the scenario.
 */
export function bareApp(work: DatabaseWork): Express {
  const app = express();
  app.disable('etag');
  app.disable('x-powered-by');
  app.use(express.raw({ type: () => true, limit: 10_485_760 }));
  app.use(async (request, response) => {
    const scenario = SCENARIOS.get(request.get(SCENARIO_HEADER) ?? '');
    if (!scenario) {
      response.status(400).send(`no scenario ${request.get(SCENARIO_HEADER) ?? ''}`);
      return;
    }
    if (Buffer.isBuffer(request.body)) JSON.parse(request.body.toString('utf8'));
    const ask: Ask = { method: request.method as Ask['method'], path: request.originalUrl };
    const text = await scenario.work(work, ask);
    response.status(scenario.status).set('Content-Type', 'application/fhir+json; charset=utf-8').send(text);
  });
  return app;
}
