import { describe, expect, it } from 'vitest';
import { readTypedAge, readTypedDate } from './typed-date.js';

const read = (day: string, month: string, year: string) => readTypedDate({ day, month, year }, '2026-11-22');

describe('a date in three boxes', () => {
  it.each([
    ['12', '5', '1984', { kind: 'date', date: '1984-05-12' }],
    ['', '5', '1984', { kind: 'date', date: '1984-05' }],
    ['', '', '1984', { kind: 'date', date: '1984' }],
    ['22', '11', '2026', { kind: 'date', date: '2026-11-22' }],
    ['', '', '', { kind: 'empty' }],
    ['23', '11', '2026', { kind: 'future' }],
    ['', '12', '2026', { kind: 'future' }],
    ['', '', '1900', { kind: 'old' }],
    ['30', '2', '2020', { kind: 'wrong' }],
    ['0', '2', '2020', { kind: 'wrong' }],
    ['', '13', '2020', { kind: 'wrong' }],
    ['12', '', '1984', { kind: 'wrong' }],
    ['12', '5', '84', { kind: 'wrong' }],
    ['x', '5', '1984', { kind: 'wrong' }],
  ])('%s %s %s', (day, month, year, reading) => {
    expect(read(day, month, year)).toEqual(reading);
  });

  it('an age is a whole number of years that somebody can have', () => {
    expect(readTypedAge('35')).toBe(35);
    expect(readTypedAge('0')).toBe(0);
    expect(readTypedAge('126')).toBeUndefined();
    expect(readTypedAge('-1')).toBeUndefined();
    expect(readTypedAge('3.5')).toBeUndefined();
  });
});
