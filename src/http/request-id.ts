import type { NextFunction, Request, Response } from 'express';
import { timeOrderedId } from '../store/ids.js';

const WELL_FORMED = /^[A-Za-z0-9\-._:]{1,64}$/;

/** Gives every request an id (X-Request-Id): the client's when it is well-formed, else a new one; it is sent back. */
export function requestId(request: Request, response: Response, next: NextFunction): void {
  const given = request.get('x-request-id');
  const id = given !== undefined && WELL_FORMED.test(given) ? given : timeOrderedId();
  response.locals['requestId'] = id;
  response.set('X-Request-Id', id);
  next();
}

/** Id of the request that a response answers. */
export const requestIdOf = (response: Response): string => response.locals['requestId'] as string;
