import type { Finding } from '../errors.js';
import type { AskedMove } from './ask-move.js';
import { pastVisit } from './date-limits.js';
import type { FieldValues } from './field-values.js';
import { checkSlot } from './slots/slot-booking.js';

/** Finding of 422 when `end` is not after `start`. */
function checkTimes(values: FieldValues): Finding[] {
  const [start, end] = [values.time('start'), values.time('end')];
  if (start === undefined || end === undefined || new Date(end) > new Date(start)) return [];
  const params = { es: 'El final debe ser después del inicio.', en: 'The end must be after the start.' };
  return [{ code: 'rule-broken', params, expression: 'end' }];
}

/** Findings of 422 about the times and the slot of an appointment. Throws 409 `slot-taken`. */
export const checkBooking = async (asked: AskedMove): Promise<readonly Finding[]> => [
  ...checkTimes(asked.values),
  ...pastVisit(asked.values.time('start'), new Date()),
  ...(await checkSlot(asked)),
];
