import type { Definitions } from '../definitions/definitions.js';
import { splitEscaped } from './escapes.js';
import { SEARCH_LIMITS } from './limits.js';
import type { SearchableParameter } from './parameters.js';
import { badValue, impliesSystem, parseText } from './parse-values.js';
import type { TokenValue, TypedIdentifier } from './search-query.js';

const splitToken = (value: string): { system: string; code: string } => {
  const at = value.lastIndexOf('|');
  return { system: value.slice(0, at), code: value.slice(at + 1) };
};

/**
 * Codes of a value set for `:in` and `:not-in`, by its canonical URL. For elements of type `code`, the codes whose system
 * is that of their required binding.
 */
export function codesOfSet(
  definitions: Definitions,
  type: string,
  parameter: SearchableParameter,
  part: string,
): TokenValue[] {
  const url = parseText(parameter.code, part);
  const codes = definitions.valueSetCodes(url);
  if (!codes)
    throw badValue(parameter.code, url, {
      es: 'no es un conjunto de valores conocido',
      en: 'it is not a value set known here',
    });
  const tokens = [...codes].map(splitToken);
  const values = parameter.systemless
    ? tokens
        .filter(({ system, code }) => impliesSystem(definitions, type, parameter, system, code))
        .map(({ code }) => ({ code }))
    : tokens;
  if (values.length <= SEARCH_LIMITS.orKeys) return values;
  throw badValue(parameter.code, url, {
    es: `tiene más de ${SEARCH_LIMITS.orKeys} códigos`,
    en: `it has more than ${SEARCH_LIMITS.orKeys} codes`,
  });
}

/** A code and all above or below it, for `:above` and `:below` (R4: "subsumes" and "is subsumed by"). */
export function relatedTokens(
  definitions: Definitions,
  parameter: SearchableParameter,
  part: string,
  direction: 'above' | 'below',
): TokenValue[] {
  const [system = '', code, ...more] = splitEscaped(part, '|').map((piece) => parseText(parameter.code, piece));
  const codes = code === undefined || more.length > 0 ? undefined : definitions.relatedCodes(system, code, direction);
  if (!codes)
    throw badValue(parameter.code, part, {
      es: 'no es sistema|código de un sistema con jerarquía conocida',
      en: 'it is not system|code of a code system whose hierarchy is known here',
    });
  return codes.map((one) => ({ system, code: one }));
}

/** `system|code|value` of `:of-type`; all three parts are needed. */
export function parseTypedIdentifier(parameter: string, part: string): TypedIdentifier {
  const [system = '', code = '', value = '', ...more] = splitEscaped(part, '|').map((piece) =>
    parseText(parameter, piece),
  );
  if (system === '' || code === '' || value === '' || more.length > 0)
    throw badValue(parameter, part, {
      es: 'no tiene la forma sistema|código|valor',
      en: 'it is not of the form system|code|value',
    });
  return { system, code, value };
}

const URL = /^[a-z][a-z0-9+.-]*:\/\/[^/]+/i;

/** A URL: R4 gives `:above` and `:below` a meaning for URLs only, not for URNs such as OIDs. */
export function urlText({ code }: Pick<SearchableParameter, 'code'>, part: string): string {
  const url = parseText(code, part);
  if (!URL.test(url)) throw badValue(code, url, { es: 'no es una URL', en: 'it is not a URL' });
  return url;
}

/** A URL and the URLs above it, up to its host, each with and without a slash at its end. */
export function urisAbove(parameter: Pick<SearchableParameter, 'code'>, part: string): string[] {
  const url = urlText(parameter, part);
  const [root = url] = URL.exec(url) ?? [];
  const segments = url
    .slice(root.length)
    .split('/')
    .filter((segment) => segment !== '');
  const above = segments.map((_, index) => `${root}/${segments.slice(0, index).join('/')}`.replace(/\/$/, ''));
  const whole = url.replace(/\/$/, '');
  return [...new Set([url, whole, `${whole}/`, ...above.flatMap((one) => [one, `${one}/`])])];
}
