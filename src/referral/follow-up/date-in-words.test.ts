import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { dateInWords } from './date-in-words.js';

const FROM = '2026-11-20';

describe('the day that a line of a plan says', () => {
  it.each([
    ['Control de presión en un mes', '2026-12-20'],
    ['Repetir perfil lipídico en tres meses.', '2027-02-20'],
    ['Retirar puntos dentro de 10 días', '2026-11-30'],
    ['Pesar en 2 semanas', '2026-12-04'],
    ['Nueva densitometría en un año', '2027-11-20'],
    ['Control el 15/01/2027 con glucosa', '2027-01-15'],
    ['2026-12-01: curación', '2026-12-01'],
    ['Curación el 3-2-2027', '2027-02-03'],
  ])('%s: %s', (line, day) => {
    expect(dateInWords(line, FROM)).toBe(day);
  });

  it.each([
    'Dieta sin sal',
    'Tomar la medicina cada 8 horas',
    'Se operó el 03/02/2019',
    'Control el 31/02/2027',
    'Control en 0 días',
    'Revisar en 900 años',
    'Volver en algunos meses',
    'Referir en caso de fiebre',
  ])('%s: none, and none is guessed', (line) => {
    expect(dateInWords(line, FROM)).toBeUndefined();
  });

  it('ends a month on its last day', () => {
    expect(dateInWords('Control en un mes', '2027-01-31')).toBe('2027-02-28');
  });

  it('reads every day of the calendar in both ways of writing it, and nothing outside its bounds', () => {
    const moment = fc.date({ min: new Date('2020-01-01'), max: new Date('2040-12-31'), noInvalidDate: true });
    fc.assert(
      fc.property(moment, (date) => {
        const iso = date.toISOString().slice(0, 10);
        const [year = '', month = '', day = ''] = iso.split('-');
        const found = dateInWords(`Control ${day}/${month}/${year}`, FROM);
        expect(dateInWords(`Control ${iso}`, FROM)).toBe(found);
        expect(found).toBe(iso >= FROM && iso <= '2031-11-20' ? iso : undefined);
      }),
    );
    fc.assert(
      fc.property(fc.string(), (text) => {
        const found = dateInWords(text, FROM);
        if (found !== undefined) expect(found >= FROM).toBe(true);
      }),
    );
  });
});
