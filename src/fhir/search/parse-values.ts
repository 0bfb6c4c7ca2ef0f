import { fault, type ServiceError } from '../../errors.js';
import { bilingual, type Words } from '../../words.js';
import type { Definitions } from '../definitions/definitions.js';
import { localTarget } from '../references.js';
import { dateInterval } from './date-interval.js';
import { splitEscaped, unescapeValue } from './escapes.js';
import { SEARCH_LIMITS } from './limits.js';
import { normalizeText } from './normalize-text.js';
import type { SearchableParameter } from './parameters.js';
import { DATE_PREFIXES, type DateComparison, type DatePrefix, type TokenValue } from './search-query.js';

const ID = /^[A-Za-z0-9\-.]{1,64}$/;

/** 400 `parameter-value` with the reason in both languages. */
export const badValue = (parameter: string, value: string, reason: Words): ServiceError =>
  fault('parameter-value', { parameter, value: value.slice(0, 80), reason: bilingual(reason) });

const plain = (parameter: string, part: string): string => {
  const value = unescapeValue(part);
  if (value === undefined)
    throw badValue(parameter, part, {
      es: 'la barra inversa solo va ante , $ | \\',
      en: 'a backslash stands only before , $ | \\',
    });
  return value;
};

/** OR values of a parameter, still escaped inside. Throws on empty ones, too many, too long. */
export function alternatives(parameter: string, text: string, limit: number): string[] {
  const parts = splitEscaped(text, ',');
  if (parts.length > limit)
    throw badValue(parameter, text, { es: `más de ${limit} valores`, en: `more than ${limit} values` });
  for (const part of parts) {
    if (part.trim() === '') throw badValue(parameter, text, { es: 'está vacío', en: 'it is empty' });
    if (part.length > SEARCH_LIMITS.valueLength)
      throw badValue(parameter, part, {
        es: `más de ${SEARCH_LIMITS.valueLength} caracteres`,
        en: `longer than ${SEARCH_LIMITS.valueLength} characters`,
      });
  }
  return parts;
}

/** Text of a string or uri value. */
export const parseText = (parameter: string, part: string): string => plain(parameter, part);

/** Start of a string, no longer than what is indexed. */
export function parsePrefix(parameter: string, part: string): string {
  const text = plain(parameter, part);
  if (text.length > SEARCH_LIMITS.textLength)
    throw badValue(parameter, text, {
      es: `más de ${SEARCH_LIMITS.textLength} caracteres`,
      en: `longer than ${SEARCH_LIMITS.textLength} characters`,
    });
  // Nothing left to compare would match everybody.
  if (normalizeText(text) === '')
    throw badValue(parameter, text, { es: 'no contiene letras ni cifras', en: 'it holds no letter or digit' });
  return text;
}

export function parseId(parameter: string, part: string): string {
  const id = plain(parameter, part);
  if (!ID.test(id)) throw badValue(parameter, id, { es: 'no es un id', en: 'it is not an id' });
  return id;
}

/** `code`, `system|code`, `|code`, `system|` of an identifier, or of a code that may have a system. */
export function parseIdentifier(parameter: string, part: string): TokenValue {
  const [first = '', second, ...more] = splitEscaped(part, '|').map((piece) => plain(parameter, piece));
  if (more.length > 0)
    throw badValue(parameter, part, { es: 'tiene más de una barra |', en: 'it has more than one bar |' });
  if (second === undefined) return { code: first };
  if (first === '' && second === '') throw badValue(parameter, part, { es: 'está vacío', en: 'it is empty' });
  return { system: first, ...(second === '' ? {} : { code: second }) };
}

/** The same; of an element without systems (type `code`) only what its own code system allows. */
export function parseToken(
  definitions: Definitions,
  type: string,
  parameter: SearchableParameter,
  part: string,
): TokenValue {
  const token = parseIdentifier(parameter.code, part);
  if (token.system === undefined || !parameter.systemless) return token;
  return systemlessToken(definitions, type, parameter, token.system, token.code ?? '', part);
}

/** Is this the code system of an element of type `code`, by its required binding? */
export function impliesSystem(
  definitions: Definitions,
  type: string,
  parameter: SearchableParameter,
  system: string,
  code: string,
): boolean {
  const paths = new Set(parameter.paths.map(({ path }) => path));
  return definitions
    .requiredBindings(type)
    .some((binding) => paths.has(binding.path) && binding.codes.has(`${system}|${code}`));
}

/** Values of type `code` carry no system: the one of their required binding is implied (R4 search, token). */
function systemlessToken(
  definitions: Definitions,
  type: string,
  parameter: SearchableParameter,
  system: string,
  code: string,
  part: string,
): TokenValue {
  if (code === '') throw badValue(parameter.code, part, { es: 'diga también el código', en: 'give the code too' });
  if (system === '') return { code };
  if (!impliesSystem(definitions, type, parameter, system, code))
    throw badValue(parameter.code, part, {
      es: 'el sistema no es el de este código',
      en: 'the system is not the one of this code',
    });
  return { code };
}

/**
 * Targets of a reference value: `Type/id` (with or without version), `id` alone (of the type in the modifier, or of
 * every type allowed), an absolute URL. URLs of this server are taken as relative.
 */
export function parseReference(
  parameter: SearchableParameter,
  part: string,
  only?: string,
  baseUrl?: string,
): string[] {
  const text = plain(parameter.code, part);
  // A canonical is a URL as it stands, with or without a version.
  if (parameter.paths.length > 0 && parameter.paths.every(({ type }) => type === 'canonical')) return [text];
  const types = only === undefined ? parameter.targets : [only];
  const local = localTarget(text, baseUrl);
  if (local) {
    if (types.length > 0 && !types.includes(local.type))
      throw badValue(parameter.code, text, { es: `se admite ${types.join(', ')}`, en: `allowed: ${types.join(', ')}` });
    return [`${local.type}/${local.id}`];
  }
  if (/^[a-z][a-z0-9+.-]*:/i.test(text)) return [text];
  if (!ID.test(text) || types.length === 0)
    throw badValue(parameter.code, text, { es: 'no tiene la forma Tipo/id', en: 'it is not of the form Type/id' });
  return types.map((type) => `${type}/${text}`);
}

const isPrefix = (text: string): text is DatePrefix => (DATE_PREFIXES as readonly string[]).includes(text);

/** Date with an optional prefix, `eq` when there is none. */
export function parseDate(parameter: string, part: string): DateComparison {
  const text = plain(parameter, part);
  const head = text.slice(0, 2);
  const prefix = isPrefix(head) ? head : undefined;
  // A plus sign that was not percent-encoded arrives as a blank.
  const interval = dateInterval((prefix ? text.slice(2) : text).replace(' ', '+'));
  if (!interval) throw badValue(parameter, text, { es: 'no es una fecha', en: 'it is not a date' });
  return { prefix: prefix ?? 'eq', interval };
}
