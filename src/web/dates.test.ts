import { describe, expect, it } from 'vitest';
import { dateText, patientTime, timeText } from './dates.js';

describe('dates', () => {
  it('are days of Honduras', () => {
    expect(dateText('2026-11-22T04:00:00Z', 'es')).toBe('21 nov 2026');
    expect(dateText(new Date('2026-11-22T16:32:00Z'), 'en')).toBe('22 Nov 2026');
  });

  it('of FHIR without a time stay the day they are', () => {
    expect(dateText('1990-01-01', 'es')).toBe('1 ene 1990');
    expect(timeText('1990-01-01', 'es')).toBe('1 ene 1990');
    expect([dateText('1990', 'es'), dateText('1990-05', 'en')]).toEqual(['1990', '1990-05']);
  });

  it('with a time use 24 hours for staff', () => {
    expect(timeText('2026-11-22T16:32:00Z', 'es')).toBe('22 nov 2026, 10:32');
    expect(timeText('2026-11-22T06:05:00Z', 'es')).toBe('22 nov 2026, 00:05');
    expect(timeText('2026-11-23T02:00:00Z', 'en')).toBe('22 Nov 2026, 20:00');
  });

  it('speak to patients', () => {
    expect(patientTime('2026-03-03T08:00:00-06:00', 'es')).toBe('martes 3 de marzo, a las 8 de la mañana');
    expect(patientTime('2026-03-03T13:30:00-06:00', 'es')).toBe('martes 3 de marzo, a la 1:30 de la tarde');
    expect(patientTime('2026-03-03T12:00:00-06:00', 'es')).toBe('martes 3 de marzo, a las 12 del mediodía');
    expect(patientTime('2026-03-03T20:15:00-06:00', 'en')).toBe('Tuesday 3 March, at 8:15 pm');
    expect(patientTime('2026-03-03', 'es')).toBe('martes 3 de marzo');
  });
});
