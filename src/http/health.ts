import express, { type Router } from 'express';
import type { Store } from '../store/store.js';

export interface HealthSource {
  readonly store: Store;
  /** True while the process is stopping. */
  readonly draining: boolean;
  /** Names of indexes that are missing; searches would be slow without them. */
  missingIndexes(): Promise<readonly string[]>;
}

/** `/livez` never touches the database; `/readyz` asks the primary and the index catalogue, 503 while draining. */
export function healthRouter(source: HealthSource): Router {
  const router = express.Router();
  router.get('/livez', (_request, response) => {
    response.json({ status: 'live' });
  });
  router.get('/readyz', async (_request, response) => {
    const answer = (status: number, reason: string): void => {
      response.status(status).json({ status: reason });
    };
    if (source.draining) return answer(503, 'draining');
    try {
      await source.store.ping();
      const missing = await source.missingIndexes();
      answer(missing.length > 0 ? 503 : 200, missing.length > 0 ? `missing indexes: ${missing.join(', ')}` : 'ready');
    } catch {
      answer(503, 'database unavailable');
    }
  });
  return router;
}
