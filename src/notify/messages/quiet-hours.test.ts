import { describe, expect, it } from 'vitest';
import { quietUntil } from './quiet-hours.js';

const NIGHT = { from: 20 * 60, to: 7 * 60 };
const at = (text: string): Date => new Date(`2026-11-${text}-06:00`);
const until = (text: string, more: object = {}) => quietUntil(NIGHT, at(text), { key: 'sent', ...more })?.toISOString();

describe('quiet hours', () => {
  it.each([
    ['30T19:59:59', undefined],
    ['29T20:00:00', '2026-11-30T13:00:00.000Z'],
    ['29T23:30:00', '2026-11-30T13:00:00.000Z'],
    ['30T00:00:00', '2026-11-30T13:00:00.000Z'],
    ['30T06:59:59', '2026-11-30T13:00:00.000Z'],
    ['30T07:00:00', undefined],
    ['30T12:00:00', undefined],
  ])('at %s a message waits until %s', (moment, expected) => {
    expect(until(moment)).toBe(expected);
  });

  it('do not hold back an emergency, nor a visit that would begin before one could set out', () => {
    for (const key of ['inTransit', 'notArrived']) expect(until('30T02:00:00', { key })).toBeUndefined();
    expect(until('29T22:00:00', { key: 'rescheduled', visit: '2026-11-30T08:00:00-06:00' })).toBeUndefined();
    expect(until('29T22:00:00', { key: 'rescheduled', visit: '2026-11-30T11:00:00-06:00' })).toBeDefined();
  });

  it('may lie within one day, or be none', () => {
    const noon = { from: 12 * 60, to: 13 * 60 };
    const key = 'sent' as const;
    expect(quietUntil(noon, at('30T12:30:00'), { key })?.toISOString()).toBe('2026-11-30T19:00:00.000Z');
    expect(quietUntil(noon, at('30T13:30:00'), { key })).toBeUndefined();
    expect(quietUntil(undefined, at('30T02:00:00'), { key })).toBeUndefined();
  });
});
