import type { Request, RequestHandler, Response } from 'express';
import type { Caller } from '../access/caller.js';

/**
 * Turns the bearer token into a caller before anything else of the request is looked at. Throws 401 (design.md 3a.6),
 * or 503 when the accounts cannot be read.
 * @param anonymous caller of a request that needs no token
 */
export const authenticated =
  (
    authenticate: (authorization: string | undefined) => Promise<Caller>,
    anonymous: (request: Request) => Caller | undefined,
  ): RequestHandler =>
  async (request, response, next) => {
    response.locals['caller'] = anonymous(request) ?? (await authenticate(request.get('authorization')));
    next();
  };

/** Who made the request that a response answers; only behind `authenticated`. */
export const callerOf = (response: Response): Caller => response.locals['caller'] as Caller;
