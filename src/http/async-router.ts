import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import express, { type Request, type Response, type Router } from 'express';
import { cancelJob, jobFile, type JobAnswer, jobStatus } from '../bulk/jobs/job-answers.js';
import type { FhirContext } from '../fhir/fhir-context.js';
import { logger } from '../logger.js';
import { ASYNC_PLACES } from './async-places.js';
import { callerOf } from './authenticated.js';
import { clientAddress } from './fhir-router.js';
import { requestIdOf } from './request-id.js';

const place = (path: string): string => path.replace(/\{(\w+)\}/g, ':$1');

/** Sends what may be gigabytes as it is read, packed when the client takes that. A broken answer is cut off, never ended. */
async function sendPieces(request: Request, response: Response, body: AsyncIterable<Buffer | string>): Promise<void> {
  const packed = request.acceptsEncodings('gzip') === 'gzip';
  response.vary('Accept-Encoding');
  if (packed) response.set('Content-Encoding', 'gzip');
  const source = Readable.from(body, { objectMode: false });
  try {
    await (packed ? pipeline(source, createGzip(), response) : pipeline(source, response));
  } catch (error) {
    response.destroy();
    if (!request.destroyed) logger.warn({ err: error, request: requestIdOf(response) }, 'an answer was cut off');
  }
}

async function send(request: Request, response: Response, { status, headers, body }: JobAnswer): Promise<void> {
  response.status(status).set(headers);
  if (body === undefined || request.method === 'HEAD') response.end();
  else if (typeof body === 'string') response.end(body);
  else await sendPieces(request, response, body);
}

/** Where asynchronous work is followed, fetched and cancelled (R4 async.html), behind `authenticated`. */
export function asyncRouter(context: Pick<FhirContext, 'store' | 'baseUrl'>): Router {
  const router = express.Router();
  const asked = (request: Request, response: Response): Parameters<typeof jobStatus>[1] => ({
    caller: callerOf(response),
    id: requestIdOf(response),
    ...clientAddress(request),
  });
  router
    .route(place(ASYNC_PLACES.job))
    .get(async (request, response) => {
      await send(request, response, await jobStatus(context, asked(request, response), String(request.params['job'])));
    })
    .delete(async (request, response) => {
      await send(request, response, await cancelJob(context, asked(request, response), String(request.params['job'])));
    });
  router.get(place(ASYNC_PLACES.file), async (request, response) => {
    const { job, file } = request.params;
    await send(request, response, await jobFile(context, asked(request, response), String(job), String(file)));
  });
  return router;
}
