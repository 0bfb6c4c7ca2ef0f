import { LosslessNumber } from 'lossless-json';
import { isExactNumber } from '../json-scan.js';

const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;
const NUMERIC = new Set(['decimal', 'integer', 'unsignedInt', 'positiveInt']);

/**
 * Value of a primitive in FHIR JSON, from the text of its `value` attribute. A text that is no boolean or number where one
 * is wanted stays text: validation says so with its place.
 * @param type FHIR type of the element
 * @returns numbers as `exact-json` gives them: as `LosslessNumber` when JavaScript would change them
 */
export function readPrimitive(type: string, text: string): string | boolean | number | LosslessNumber {
  if (type === 'boolean') return text === 'true' ? true : text === 'false' ? false : text;
  if (!NUMERIC.has(type) || !NUMBER.test(text)) return text;
  return isExactNumber(text) ? Number(text) : new LosslessNumber(text);
}
