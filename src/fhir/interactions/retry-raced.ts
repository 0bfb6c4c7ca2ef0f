import { setTimeout as sleep } from 'node:timers/promises';
import { fault, isServiceError } from '../../errors.js';
import { ConditionMatched } from '../../store/write-plan.js';
import type { FhirRequest } from '../exchange.js';
import { isConditional } from './expected-version.js';

/** How long a write without If-Match is tried again, once it has its turn, when other processes write the same resource. */
const PATIENCE_MS = 10_000;

/** Last of those that wait for their turn at one place. */
const queues = new Map<string, Promise<unknown>>();

/** Writers of one process that have met take turns: each would only spoil the tries of the others. */
async function inTurn<T>(place: string, work: () => Promise<T>): Promise<T> {
  const before = queues.get(place) ?? Promise.resolve();
  const turn = before.then(work, work);
  queues.set(place, turn);
  try {
    return await turn;
  } finally {
    if (queues.get(place) === turn) queues.delete(place);
  }
}

/** True when somebody else was faster and the client has not said what must be there. */
export const isRaced = (error: unknown, request: Pick<FhirRequest, 'ifMatch' | 'ifNoneMatch'>): boolean =>
  error instanceof ConditionMatched ||
  (isServiceError(error) && error.code === 'version-conflict' && !isConditional(request));

/**
 * Does a write again when another one came between its look and its commit.
 * @param place what the writers meet at: `Type/id` or a canonical condition
 * @throws ServiceError 409 `write-conflict` when others are always faster, else what the work throws
 */
export async function retryRaced<T>(
  place: string,
  request: Pick<FhirRequest, 'ifMatch' | 'ifNoneMatch'>,
  work: () => Promise<T>,
): Promise<T> {
  // Where others wait already, a newcomer that slips in before them would make them wait longer.
  if (!queues.has(place)) {
    try {
      return await work();
    } catch (error) {
      if (!isRaced(error, request)) throw error;
    }
  }
  return inTurn(place, async () => {
    const deadline = performance.now() + PATIENCE_MS;
    for (let tries = 1; ; tries += 1) {
      try {
        return await work();
      } catch (error) {
        if (!isRaced(error, request)) throw error;
        if (performance.now() > deadline) throw fault('write-conflict');
        await sleep(Math.random() * Math.min(100, 5 * tries));
      }
    }
  });
}
