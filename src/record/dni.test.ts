import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { dniDoubt, plainDni, resemblesDni } from './dni.js';

describe('DNI', () => {
  it.each([
    ['0801-1990-00012', undefined],
    ['0801 1990 00012', undefined],
    ['0801199000012', undefined],
    ['1807202600001', undefined],
    ['080119900001', 'length'],
    ['08011990000123', 'length'],
    ['', 'length'],
    ['0801199O00012', 'length'],
    ['0001199000012', 'department'],
    ['1901199000012', 'department'],
    ['0801188000012', 'year'],
    ['0801202700012', 'year'],
  ])('%s: %s', (text, doubt) => {
    expect(dniDoubt(text, 2026)).toBe(doubt);
  });

  it('is the same with whatever marks between its digits', () => {
    const digits = fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 13, maxLength: 13 });
    const mark = fc.constantFrom('', ' ', '-', '.', '  ');
    fc.assert(
      fc.property(digits, fc.array(mark, { minLength: 13, maxLength: 13 }), (numbers, marks) => {
        const written = numbers.map((digit, index) => `${digit}${marks[index]}`).join('');
        expect(plainDni(written)).toBe(numbers.join(''));
        expect(dniDoubt(written, 2026)).toBe(dniDoubt(numbers.join(''), 2026));
      }),
    );
  });

  it('is told from file numbers, telephones and names', () => {
    expect(resemblesDni('0801-1990-0001')).toBe(true);
    expect(resemblesDni('199001')).toBe(false);
    expect(resemblesDni('9999-9999')).toBe(false);
    expect(resemblesDni('Ana 1990')).toBe(false);
  });
});
