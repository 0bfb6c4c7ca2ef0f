import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { newShortCode, shortCodeText } from '../../../access/short-code.js';
import { SID } from '../../../config/canonical.js';
import { readingsOf } from './reception-code.js';

const first = (typed: string) => {
  const [reading] = readingsOf(typed);
  return reading && [reading.of, reading.system, reading.value];
};

describe('what is typed at the desk', () => {
  it.each([
    ['REF-2026-0000001', ['ServiceRequest', SID.referencia, 'REF-2026-0000001']],
    [' ref 2026 12 ', ['ServiceRequest', SID.referencia, 'REF-2026-0000012']],
    ['0101-1984-80011', ['Patient', SID.dni, '0101198480011']],
    ['0101 1984 80011', ['Patient', SID.dni, '0101198480011']],
    ['abcde fghjk', ['ServiceRequest', SID.seguimiento, 'ABCDEFGHJK']],
    ['A-77/2026', ['Patient', SID.expediente, 'A-77/2026']],
    ['4711', ['Patient', SID.expediente, '4711']],
  ])('%s', (typed, reading) => {
    expect(first(typed)).toEqual(reading);
  });

  it('may be a sheet code or a file number: both are tried', () => {
    expect(readingsOf('2345678923').map(({ system }) => system)).toEqual([SID.seguimiento, SID.expediente]);
    expect(readingsOf('  ')).toEqual([]);
  });

  it('finds every code of a sheet, as it is printed and in small letters', () => {
    fc.assert(
      fc.property(fc.constant(undefined), fc.boolean(), (_none, small) => {
        const code = newShortCode();
        const printed = shortCodeText(code);
        expect(readingsOf(small ? printed.toLowerCase() : printed)).toContainEqual({
          of: 'ServiceRequest',
          system: SID.seguimiento,
          value: code,
        });
      }),
      { numRuns: 200 },
    );
  });

  it('takes whatever is typed without failing', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 200 }), (typed) => {
        for (const { value } of readingsOf(typed)) expect(value.length).toBeLessThanOrEqual(60);
      }),
    );
  });
});
