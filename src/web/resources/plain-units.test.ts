import { describe, expect, it } from 'vitest';
import { plainUnits } from './plain-units.js';

describe('units as people write them', () => {
  it.each([
    ['Presión arterial: 134/82 mm[Hg]', 'Presión arterial: 134/82 mmHg'],
    ['Temperatura corporal: 37.8 Cel', 'Temperatura corporal: 37.8 °C'],
    ['94 /min', '94 por minuto'],
    ['13.1 10*3/uL', '13.1 mil/µL'],
    ['Celulitis de la pierna', 'Celulitis de la pierna'],
    ['11.2 g/dL', '11.2 g/dL'],
  ])('%s', (text, plain) => {
    expect(plainUnits(text)).toBe(plain);
  });
});
