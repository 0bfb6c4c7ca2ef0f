import { describe, expect, it } from 'vitest';
import { termWords } from './term-words.js';

describe('a term in words', () => {
  it.each([
    [1, 'elapsed-hours', '1 hora corrida'],
    [48, 'elapsed-hours', '48 horas corridas'],
    [72, 'elapsed-hours', '3 días corridos'],
    [100, 'elapsed-hours', '100 horas corridas'],
    [2160, 'elapsed-hours', '90 días corridos'],
    [1, 'working-days', '1 día hábil'],
    [40, 'working-days', '40 días hábiles'],
    [1, 'working-hours', '1 hora hábil'],
  ] as const)('%i %s is «%s»', (amount, unit, es) => {
    expect(termWords({ amount, unit }).es).toBe(es);
  });
});
