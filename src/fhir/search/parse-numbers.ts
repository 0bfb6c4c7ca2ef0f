import { type Decimal, parseDecimal } from '../ucum/decimal.js';
import { splitEscaped } from './escapes.js';
import { badValue, parseText } from './parse-values.js';
import { DATE_PREFIXES, type DatePrefix, type NumberComparison, type QuantityComparison } from './search-query.js';

const PREFIXED = new RegExp(`^(${DATE_PREFIXES.join('|')})?(.*)$`, 's');

function comparison(parameter: string, text: string, whole: string): NumberComparison {
  const [, prefix, digits = ''] = PREFIXED.exec(text) ?? [];
  // A plus sign that was not percent-encoded arrives as a blank: `1e+2`.
  const number: Decimal | undefined = parseDecimal(digits.replace(/([eE]) (?=\d)/, '$1+'));
  if (!number) throw badValue(parameter, whole, { es: 'no es un número', en: 'it is not a number' });
  return { prefix: (prefix ?? 'eq') as DatePrefix, number };
}

/** Number with an optional prefix, `eq` when there is none (FHIR R4 search, number). */
export const parseNumber = (parameter: string, part: string): NumberComparison =>
  comparison(parameter, parseText(parameter, part), part);

/** `5.4|http://unitsofmeasure.org|mg`, `5.4||mg` or `5.4`, with an optional prefix (FHIR R4 search, quantity). */
export function parseQuantity(parameter: string, part: string): QuantityComparison {
  const [number = '', system, code, ...more] = splitEscaped(part, '|').map((piece) => parseText(parameter, piece));
  const compared = comparison(parameter, number, part);
  if (system === undefined) return compared;
  if (code === undefined || code === '' || more.length > 0)
    throw badValue(parameter, part, {
      es: 'no tiene la forma número|sistema|unidad',
      en: 'it is not of the form number|system|unit',
    });
  return { ...compared, unit: { ...(system === '' ? {} : { system }), code } };
}
