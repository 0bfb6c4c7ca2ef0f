import fc from 'fast-check';
import type { Definitions } from '../../../src/fhir/definitions/definitions.js';
import { type Modifier, modifiersOf } from '../../../src/fhir/search/modifiers.js';
import { type SearchableParameter, searchableParameters } from '../../../src/fhir/search/parameters.js';
import {
  ASKED_NUMBERS,
  CODES,
  CODINGS,
  DATES,
  from,
  IDENTIFIERS,
  ISSUE_TYPE,
  PREFIXES,
  TARGETS,
  TEXTS,
  UNITS,
  URIS,
  VALUE_SETS,
} from './pools.js';

/** One parameter of a query: name with modifier, value. */
export type Asked = readonly [name: string, value: string];
type Values = fc.Arbitrary<string>;

const escaped = (text: string): string => text.replace(/[,$|\\]/g, '\\$&');
const prefixed = (values: Values): Values =>
  fc.tuple(from(PREFIXES), values).map(([prefix, value]) => `${prefix}${value}`);
/** What the parser of the naive evaluator does not unescape stays out. */
const plainCodings = CODINGS.filter(({ system = '' }) => !system.includes('|'));

const coded: Values = from(
  plainCodings.flatMap(({ system = '', code }) => [
    code,
    `${system}|${code}`,
    ...(system === '' ? [] : [`${system}|`]),
  ]),
);
const identifiers: Values = from(
  IDENTIFIERS.flatMap(({ system = '', value }) => [
    value,
    `${system}|${value}`,
    ...(system === '' ? [] : [`${system}|`]),
  ]),
);
const texts: Values = from(
  TEXTS.filter((text) => text.length <= 100).flatMap((text) => [
    text,
    text.slice(0, 3),
    text.toUpperCase(),
    text.slice(2),
  ]),
)
  .map((text) => text.trim())
  .filter((text) => text !== '')
  .map(escaped);
const dates = prefixed(from(DATES));
const numbers = prefixed(from(ASKED_NUMBERS));
const quantities: Values = fc
  .tuple(numbers, from(UNITS))
  .chain(([number, { system, code, unit }]) =>
    from([
      number,
      ...(code === undefined ? [] : [`${number}|${system}|${code}`, `${number}||${code}`]),
      ...(unit === undefined ? [] : [`${number}||${unit}`]),
    ]),
  );
const uris = from(URIS);
const urls = from(URIS.filter((uri) => uri.startsWith('http')));

const holds = ({ paths }: SearchableParameter, type: string): boolean => paths.some((path) => path.type === type);

function tokens(parameter: SearchableParameter): Values {
  if (holds(parameter, 'ContactPoint')) return from(['9999-1111', 'a@b.hn']);
  if (parameter.systemless) return from(CODES);
  return holds(parameter, 'Identifier') ? identifiers : coded;
}

function references({ targets, paths }: SearchableParameter): Values {
  if (paths.every(({ type }) => type === 'canonical')) return uris;
  const asked = TARGETS.filter(
    (target) => targets.length === 0 || target.includes(':') || targets.includes(target.split('/')[0] ?? ''),
  );
  const ids = targets.length === 0 ? [] : ['p1', 'p2', 'h1'];
  return from([...asked, ...ids, `${targets[0] ?? 'Patient'}/none`]);
}

function composites({ composite }: SearchableParameter): Values {
  const first = from(
    composite?.second === 'reference'
      ? ['replaces', 'appends']
      : plainCodings.flatMap(({ system = '', code }) => [code, `${system}|${code}`]),
  );
  const second: Readonly<Record<string, Values>> = {
    token: coded,
    reference: from(['DocumentReference/d1', 'd1', 'DocumentReference/d2']),
    string: texts,
    date: dates,
    quantity: quantities,
  };
  return fc.tuple(first, second[composite?.second ?? ''] ?? texts).map(([a, b]) => `${a}$${b}`);
}

function plainValues(parameter: SearchableParameter): Values {
  switch (parameter.kind) {
    case 'token':
      return tokens(parameter);
    case 'reference':
      return references(parameter);
    case 'string':
      return texts;
    case 'date':
      return dates;
    case 'number':
      return numbers;
    case 'quantity':
      return quantities;
    case 'uri':
      return uris;
    case 'composite':
      return composites(parameter);
  }
}

const family: Values = from(['invalid', 'structure', 'processing', 'not-supported']).map(
  (code) => `${ISSUE_TYPE}|${code}`,
);

function modifiedValues(parameter: SearchableParameter, modifier: Modifier): Values {
  switch (modifier) {
    case 'missing':
      return from(['true', 'false']);
    case 'not':
      return tokens(parameter);
    case 'in':
    case 'not-in':
      return from(VALUE_SETS);
    case 'of-type':
      return from(['urn:kinds|MR|0802', 'urn:kinds|MR|0801', 'urn:kinds|XX|0802']);
    case 'identifier':
      return identifiers;
    case '[type]':
      return from(['p1', 'p2', 'h1', 'e1']);
    case 'above':
    case 'below':
      return parameter.kind === 'uri' ? urls : family;
    default:
      return texts;
  }
}

/** Values of one parameter: one to three alternatives. */
const alternatives = (values: Values, most: number): Values =>
  fc.array(values, { minLength: 1, maxLength: most }).map((list) => list.join(','));

function askedOf(parameter: SearchableParameter): fc.Arbitrary<Asked> {
  const plain = alternatives(plainValues(parameter), 3).map((value): Asked => [parameter.code, value]);
  const modified = modifiersOf(parameter)
    // A set of `code`s is told from its binding, which the naive evaluator does not know.
    .filter((modifier) => !((modifier === 'in' || modifier === 'not-in') && parameter.systemless))
    .map((modifier) => {
      const values = alternatives(modifiedValues(parameter, modifier), modifier === 'missing' ? 1 : 2);
      const target = modifier === '[type]' ? from(parameter.targets) : fc.constant(modifier);
      return fc.tuple(target, values).map(([name, value]): Asked => [`${parameter.code}:${name}`, value]);
    });
  return fc.oneof({ weight: 3, arbitrary: plain }, ...modified.map((arbitrary) => ({ weight: 1, arbitrary })));
}

/** Queries on a type: one to three parameters, of all that it has. */
export function queriesOf(definitions: Definitions, type: string, count: number): fc.Arbitrary<readonly Asked[]> {
  const ids = Array.from({ length: count }, (_, index) => `${type.toLowerCase()}-${index}`);
  const envelope: fc.Arbitrary<Asked>[] = [
    alternatives(from(ids), 3).map((value): Asked => ['_id', value]),
    alternatives(dates, 2).map((value): Asked => ['_lastUpdated', value]),
  ];
  const parameters = [...searchableParameters(definitions, type).values()].map(askedOf);
  const asked = fc.oneof(...parameters, ...envelope);
  return fc.oneof(
    { weight: 4, arbitrary: fc.tuple(asked) },
    { weight: 2, arbitrary: fc.tuple(asked, asked) },
    { weight: 1, arbitrary: fc.tuple(asked, asked, asked) },
  );
}
