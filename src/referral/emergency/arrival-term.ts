import type { ServiceRequest, Task } from '@medplum/fhirtypes';
import type { Deadlines } from '../deadlines/deadlines.js';
import { clockOf } from '../run-clock.js';

/**
 * When a transfer is awaited: at the hour that the origin gave (`ServiceRequest.occurrence[x]`), never later than the term of
 * the table. Undefined when it gave none that is still to come: the term of the table runs.
 */
export function expectedArrival(
  { occurrenceDateTime, occurrencePeriod, priority = 'stat', performerType }: ServiceRequest,
  deadlines: Deadlines,
  now: Date,
): string | undefined {
  const said = new Date(occurrenceDateTime ?? occurrencePeriod?.end ?? Number.NaN);
  const leg = { priority, ...(performerType ? { performerType: [performerType] } : {}) } as Task;
  return said > now && said < deadlines.dueAt(clockOf(leg, 'arrival'), now) ? said.toISOString() : undefined;
}
