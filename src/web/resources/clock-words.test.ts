import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { clockWords, sentWords } from './clock-words.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const now = new Date('2026-11-22T16:32:00Z');
const later = (ms: number): Date => new Date(now.getTime() + ms);

describe('clock in words', () => {
  it.each([
    [0, 'Vence ahora', 'soon'],
    [MINUTE - 1, 'Vence ahora', 'soon'],
    [MINUTE, 'Vence en 1 minuto', 'soon'],
    [59 * MINUTE, 'Vence en 59 minutos', 'soon'],
    [HOUR, 'Vence en 1 hora', 'soon'],
    [3 * HOUR + 59 * MINUTE, 'Vence en 3 horas', 'soon'],
    [DAY, 'Vence en 24 horas', 'calm'],
    [2 * DAY - 1, 'Vence en 47 horas', 'calm'],
    [2 * DAY, 'Vence en 2 días', 'calm'],
    [-1, 'Acaba de vencer', 'alarm'],
    [-HOUR, 'Venció hace 1 hora', 'alarm'],
    [-2 * DAY, 'Venció hace 2 días', 'alarm'],
    [-400 * DAY, 'Venció hace 400 días', 'alarm'],
  ])('%d ms from now: %s', (ms, text, tone) => {
    const { label, tone: shown } = clockWords(later(ms), now);
    expect([label.es, shown]).toEqual([text, tone]);
  });

  it('speaks of an appointment as one, and of the way since sending', () => {
    expect(clockWords(later(3 * DAY), now, 'visit').label).toEqual({
      es: 'Cita en 3 días',
      en: 'Appointment in 3 days',
    });
    expect(clockWords(later(-3 * HOUR), now, 'visit').label.es).toBe('La cita pasó hace 3 horas');
    expect(sentWords(later(-5 * DAY), now)).toEqual({ es: 'Enviada hace 5 días', en: 'Sent 5 days ago' });
    expect(sentWords(later(HOUR), now).es).toBe('Enviada ahora');
  });

  it('never says more than has passed, nor less than all whole units, and one is one', () => {
    const UNITS = { minuto: MINUTE, hora: HOUR, día: DAY } as const;
    fc.assert(
      fc.property(fc.integer({ min: -500 * DAY, max: 500 * DAY }), fc.constantFrom('term', 'visit'), (ms, kind) => {
        const { label, tone } = clockWords(later(ms), now, kind);
        expect(label.es).not.toMatch(/\{|undefined/);
        expect(label.en).not.toMatch(/\{|undefined/);
        expect(tone === 'alarm').toBe(ms < 0);
        const said = /(\d+) (minuto|hora|día)(s?)$/.exec(label.es);
        if (!said) {
          expect(Math.abs(ms)).toBeLessThan(MINUTE);
          return;
        }
        const [, n = '', unit = 'día', plural] = said;
        const size = UNITS[unit as keyof typeof UNITS];
        expect(Number(n) * size).toBeLessThanOrEqual(Math.abs(ms));
        expect((Number(n) + 1) * size).toBeGreaterThan(Math.abs(ms));
        expect(plural === 's').toBe(n !== '1');
        expect(label.en).toContain(n);
      }),
      { numRuns: 1_000 },
    );
  });
});
