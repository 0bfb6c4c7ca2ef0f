import type { Resource } from '@medplum/fhirtypes';
import type { Definitions, SearchParameterDefinition } from '../../../src/fhir/definitions/definitions.js';
import { oracleValues } from '../fhirpath-oracle.js';
import { dateMatches, spansOfValue } from './dates.js';
import { numberMatches, quantityMatches } from './numbers.js';
import { fold, startsAtWord, textsOfValue } from './texts.js';
import { displaysOfValue, isBelow, ofTypeMatches, tokenMatches, tokensOfValue } from './tokens.js';

type Stored = Resource & { readonly id: string };
type Reference = { reference?: string; identifier?: { system?: string; value?: string } };

const found = new WeakMap<Resource, Map<string, unknown[]>>();

/** What the oracle finds, remembered: thousands of queries ask the same few resources. */
function valuesOf(expression: string, resource: Resource): unknown[] {
  const known = found.get(resource) ?? new Map<string, unknown[]>();
  found.set(resource, known);
  const values = known.get(expression) ?? oracleValues(expression, resource);
  known.set(expression, values);
  return values;
}

const unescape = (text: string): string => text.replace(/\\([,$|\\])/g, '$1');
const orValues = (text: string): string[] => text.split(/(?<!\\),/);

const withoutSlash = (url: string): string => url.replace(/\/$/, '');
/** A canonical is found with and without its version. */
const urisOf = (value: string): string[] => (value.includes('|') ? [value, value.split('|')[0] ?? ''] : [value]);

function uriMatches(stored: string, asked: string, modifier: string | undefined): boolean {
  return urisOf(stored).some((uri) => {
    if (modifier === 'below') return uri === asked || uri.startsWith(`${withoutSlash(asked)}/`);
    if (modifier === 'above')
      return withoutSlash(uri) === withoutSlash(asked) || withoutSlash(asked).startsWith(`${withoutSlash(uri)}/`);
    return uri === asked;
  });
}

function referenceMatches(value: unknown, asked: string, types: readonly string[]): boolean {
  if (typeof value === 'string') return urisOf(value).includes(asked);
  const target = (value as Reference).reference?.replace(/\/_history\/.*$/, '');
  if (/[/:]/.test(asked)) return target === asked;
  return types.some((type) => target === `${type}/${asked}`);
}

function tokenTest(definitions: Definitions, code: string, value: unknown, asked: string, modifier?: string): boolean {
  const tokens = tokensOfValue(code, value);
  const [system = '', about = ''] = asked.split('|');
  switch (modifier) {
    case 'text':
      return displaysOfValue(value).some((text) => startsAtWord(text, unescape(asked)));
    case 'of-type':
      return ofTypeMatches(value, asked);
    case 'in':
    case 'not-in': {
      const codes = definitions.valueSetCodes(asked) ?? new Set();
      return tokens.some((token) =>
        token.system === undefined
          ? [...codes].some((one) => one.endsWith(`|${token.code}`))
          : codes.has(`${token.system}|${token.code}`),
      );
    }
    case 'below':
      return tokens.some((token) => token.system === system && isBelow(system, token.code, about));
    case 'above':
      return tokens.some((token) => token.system === system && isBelow(system, about, token.code));
    default:
      return tokens.some((token) => tokenMatches(token, asked));
  }
}

/** Where the second part of each composite of R4 stands. */
const SECOND: Readonly<Record<string, readonly [keys: readonly string[], kind: string]>> = {
  quantity: [['valueQuantity'], 'quantity'],
  concept: [['valueCodeableConcept'], 'token'],
  date: [['valueDateTime', 'valuePeriod'], 'date'],
  string: [['valueString'], 'string'],
};

function compositeTest(
  definitions: Definitions,
  row: SearchParameterDefinition,
  resource: Stored,
  asked: string,
): boolean {
  const [first = '', second = ''] = asked.split(/(?<!\\)\$/);
  const name = row.code.split('-').at(-1) ?? '';
  const [keys, kind] = SECOND[name] ?? [['target'], 'reference'];
  const part = { ...row, type: kind as 'token', targets: ['DocumentReference'] };
  const groups = row.expression
    .split(' | ')
    .flatMap((path) => (path === resource.resourceType ? [resource] : valuesOf(path, resource))) as Record<
    string,
    unknown
  >[];
  return groups.some(
    (group) =>
      tokenTest(definitions, row.code, group['code'], first) &&
      keys.some((key) => group[key] !== undefined && valueMatches(definitions, part, group[key], second)),
  );
}

/** Does one value of a parameter match one asked value? */
function valueMatches(
  definitions: Definitions,
  { code, type, targets }: SearchParameterDefinition,
  value: unknown,
  asked: string,
  modifier?: string,
): boolean {
  switch (type) {
    case 'token':
      return value !== undefined && tokenTest(definitions, code, value, asked, modifier);
    case 'reference': {
      if (modifier !== 'identifier')
        return referenceMatches(value, asked, modifier === undefined ? targets : [modifier]);
      const { identifier } = value as Reference;
      return (
        identifier?.value !== undefined &&
        tokenMatches({ system: identifier.system ?? '', code: identifier.value }, asked)
      );
    }
    case 'string': {
      const text = unescape(asked);
      if (modifier === 'exact') return textsOfValue(value).includes(text);
      if (modifier === 'contains') return textsOfValue(value).some((one) => fold(one).includes(fold(text)));
      return textsOfValue(value).some((one) => startsAtWord(one, text));
    }
    case 'date':
      return spansOfValue(value).some((span) => dateMatches(span, asked));
    case 'number':
      return numberMatches(value as number, asked);
    case 'quantity':
      return quantityMatches(value, asked);
    default:
      return uriMatches(value as string, asked, modifier);
  }
}

function envelopeMatches(resource: Stored, code: string, asked: string): boolean {
  if (code === '_id') return resource.id === asked;
  const at = Date.parse(resource.meta?.lastUpdated ?? '');
  return dateMatches({ lo: at, hi: at }, asked);
}

/**
 * Does a resource match one parameter of a query? FHIR R4 search read word by word, over values that npm `fhirpath` finds:
 * nothing of the engine's paths, keys, filters and plans has a part in it.
 */
export function naiveMatch(definitions: Definitions, resource: Stored, name: string, value: string): boolean {
  const [code = '', modifier] = name.split(':');
  if (code === '_id' || code === '_lastUpdated')
    return orValues(value).some((asked) => envelopeMatches(resource, code, asked));
  const row = definitions.searchParameters(resource.resourceType).get(code);
  if (!row) throw new Error(`${resource.resourceType} has no ${code}`);
  if (row.type === 'composite')
    return orValues(value).some((asked) => compositeTest(definitions, row, resource, asked));
  const values = valuesOf(row.expression, resource);
  if (modifier === 'missing') return (values.length === 0) === (value === 'true');
  const inverted = modifier === 'not' || modifier === 'not-in';
  const plain = modifier === 'not' ? undefined : modifier;
  const matches = orValues(value).some((asked) =>
    values.some((one) => valueMatches(definitions, row, one, asked, plain)),
  );
  return matches !== inverted;
}
