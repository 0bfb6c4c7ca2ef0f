import { unavailable } from '../errors.js';

/**
 * Ends the wait for work that the database does not answer at all: limits on the server (`maxTimeMS`) are of no use when
 * the network loses the answer. The work itself may still go on.
 * @param ms time to wait
 * @throws ServiceError 503 when the time is over
 */
export async function withinTime<T>(ms: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const over = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(unavailable(2, new Error(`no answer of the database within ${ms} ms`))), ms);
  });
  try {
    return await Promise.race([work, over]);
  } finally {
    clearTimeout(timer);
  }
}
