import type { Finding } from '../errors.js';
import type { FieldValues } from './field-values.js';

/** Finding of 422 when `end` is not after `start`. */
export function checkTimes(values: FieldValues): Finding[] {
  const [start, end] = [values.time('start'), values.time('end')];
  if (start === undefined || end === undefined || new Date(end) > new Date(start)) return [];
  const params = { es: 'El final debe ser después del inicio.', en: 'The end must be after the start.' };
  return [{ code: 'rule-broken', params, expression: 'end' }];
}
