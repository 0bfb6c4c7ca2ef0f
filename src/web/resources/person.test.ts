import { describe, expect, it } from 'vitest';
import { sayIn } from '../language.js';
import { ageInYears, ageText, dniText, identifierTexts, personName } from './person.js';
import { SID } from '../../config/canonical.js';

const say = sayIn('es');
const at = new Date('2026-11-22T12:00:00Z');

describe('person', () => {
  it('gives the age in the unit that clinicians use', () => {
    expect(ageText({ birthDate: '1984-05-12' }, say, at)).toBe('42 años');
    expect(ageText({ birthDate: '1984-11-23' }, say, at)).toBe('41 años');
    expect(ageText({ birthDate: '2026-11-21' }, say, at)).toBe('1 día');
    expect(ageText({ birthDate: '2026-11-22' }, say, at)).toBe('0 días');
    expect(ageText({ birthDate: '2026-10-22' }, say, at)).toBe('1 mes');
    expect(ageText({ birthDate: '2025-03-01' }, say, at)).toBe('20 meses');
    expect(ageText({ birthDate: '1990-05' }, say, at)).toBe('36 años');
    expect(ageText({ birthDate: '1990' }, say, at)).toBe('36 años');
    expect(ageText({}, say, at)).toBe('edad desconocida');
    expect(ageInYears({ birthDate: '2000-01-01' }, at)).toBe(26);
  });

  it('counts the day of Honduras, not of Greenwich', () => {
    expect(ageText({ birthDate: '2026-11-21' }, say, new Date('2026-11-22T05:00:00Z'))).toBe('0 días');
  });

  it('writes the DNI as on the card and the strongest number first', () => {
    expect(dniText('0101198480011')).toBe('0101-1984-80011');
    const identifier = [
      { system: SID.expediente, value: '7' },
      { system: SID.dni, value: '0101198480011' },
    ];
    expect(identifierTexts({ identifier }, say)).toEqual(['DNI 0101-1984-80011', 'Expediente 7']);
  });

  it('takes the official name, its text before its parts', () => {
    expect(
      personName({
        name: [
          { use: 'nickname', text: 'Chepe' },
          { use: 'official', family: 'Peña', given: ['José'] },
        ],
      }),
    ).toBe('José Peña');
    expect(personName({})).toBeUndefined();
    expect(personName({ name: [{ use: 'temp' }] })).toBeUndefined();
  });
});
