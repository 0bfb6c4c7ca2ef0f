import type { mongo } from 'mongoose';
import { fault, isServiceError, ServiceError, unavailable } from '../errors.js';
import { ClaimTaken, ConditionMatched, VersionConflict } from './write-plan.js';

const MAX_TIME_EXPIRED = 50;

const codeOf = (error: unknown): unknown => (error as { code?: unknown } | null)?.code;
const nameOf = (error: unknown): string => (error as { name?: string } | null)?.name ?? '';

/** The store's own word on a write: it goes to the caller as it is. */
export const isVerdict = (error: unknown): boolean =>
  isServiceError(error) ||
  error instanceof VersionConflict ||
  error instanceof ClaimTaken ||
  error instanceof ConditionMatched;

/** Driver and server errors that mean "not now" become 503; whatever else is ours stays as it is. */
export function translateError(error: unknown): unknown {
  if (isVerdict(error)) return error;
  if (codeOf(error) === MAX_TIME_EXPIRED)
    return new ServiceError({ code: 'timeout' }, { headers: { 'Retry-After': '2' }, cause: error });
  if (codeOf(error) === 11000) return fault('write-conflict');
  const name = nameOf(error);
  if (
    /^Mongo(ServerSelection|Network|NetworkTimeout|NotConnected|PoolCleared|WaitQueueTimeout|WriteConcern|TopologyClosed)/.test(
      name,
    )
  )
    return unavailable(5, error);
  const labels = (error as mongo.MongoError | null)?.errorLabels ?? [];
  return labels.includes('TransientTransactionError') || labels.includes('UnknownTransactionCommitResult')
    ? unavailable(2, error)
    : error;
}
