import express, { type Response, type Router } from 'express';
import { fault } from '../errors.js';
import { listReleases, releasedFile } from '../statistics/release/released-files.js';
import type { Store } from '../store/store.js';

/** A file of a release never changes. */
const FOR_EVER = 'public, max-age=31536000, immutable';
/** A new release shows within five minutes. */
const FOR_MINUTES = 'public, max-age=300';

/** Anybody may use the data, also scripts of other sites. */
function openToAll(response: Response): void {
  response.set({ 'Access-Control-Allow-Origin': '*', 'Cross-Origin-Resource-Policy': 'cross-origin' });
}

/**
 * Public statistics, without a token (design.md 3a.11): `/datos/v1/releases` and the files of each release.
 * Knows stored, protected files only; nothing is counted or added up on request.
 */
export function publicStatistics({ store }: { readonly store: Store }): Router {
  const router = express.Router();
  router.get('/releases', async (_request, response) => {
    const releases = await listReleases(store);
    openToAll(response);
    response.set('Cache-Control', FOR_MINUTES).json({ releases });
  });
  router.get('/releases/:month/:version/:file', async (request, response) => {
    const { month, version, file: name } = request.params;
    const number = /^v([1-9]\d{0,3})$/.exec(version)?.[1];
    const file = number === undefined ? undefined : await releasedFile(store, month, Number(number), name);
    if (!file) throw fault('route-unknown', { path: request.baseUrl + request.path });
    const etag = `"${file.sha256}"`;
    openToAll(response);
    response.set({ ETag: etag, 'Cache-Control': FOR_EVER });
    const asked = (request.get('If-None-Match') ?? '').split(',').map((each) => each.trim().replace(/^W\//, ''));
    if (asked.includes(etag) || asked.includes('*')) {
      response.status(304).end();
      return;
    }
    response.type(file.type === 'text/csv' ? 'text/csv; charset=utf-8; header=present' : file.type).send(file.text);
  });
  return router;
}
