/** UCUM units that nobody writes like that on paper, and how people write them. */
const UNITS: readonly (readonly [ucum: RegExp, plain: string])[] = [
  [/mm\[Hg\]/g, 'mmHg'],
  [/(?<=\d )Cel\b/g, '°C'],
  [/(?<=\d )\/min\b/g, 'por minuto'],
  [/10\*3\/uL/g, 'mil/µL'],
  [/10\*6\/uL/g, 'millones/µL'],
  [/\buL\b/g, 'µL'],
  [/(?<=\d )mm\/h\b/g, 'mm por hora'],
];

/** A result with units as people write them: `134/82 mmHg`, `37.8 °C`. */
export const plainUnits = (text: string): string =>
  UNITS.reduce((result, [ucum, plain]) => result.replace(ucum, plain), text);
