import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { isServiceError } from '../errors.js';
import { MAX_DEPTH, parseFhirJson, stringifyFhir, toPlain } from './exact-json.js';

const codeOf = (action: () => unknown): string | undefined => {
  try {
    action();
    return undefined;
  } catch (error) {
    return isServiceError(error) ? error.code : String(error);
  }
};
const nested = (levels: number): string => '['.repeat(levels) + ']'.repeat(levels);

describe('parseFhirJson', () => {
  it.each(['1.10', '0.1e1', '-0', '1e3', '12345678901234567890', '0.12345678901234567891', '1E400', '-0.0', '100e-2'])(
    'keeps %s as written',
    (number) => {
      const text = `{"a":[${number}],"b":"1.10"}`;
      const parsed = parseFhirJson(text);
      expect(parsed.exact).toBe(false);
      expect(stringifyFhir(parsed.resource)).toBe(text);
      expect(toPlain(parsed.resource)).toEqual({ a: [Number(number)], b: '1.10' });
    },
  );

  it.each(['0', '1', '-1', '1.5', '-12.25', '1000000', '0.1', '9007199254740991'])('reads %s as a number', (number) => {
    expect(parseFhirJson(`{"a": ${number}}`)).toEqual({ resource: { a: Number(number) }, exact: true });
  });

  it.each([
    ['number in a string', '{"a":"1.10"}'],
    ['number after an escaped quote', String.raw`{"a":"\" 1.10"}`],
    ['string that ends with a backslash', String.raw`{"a":"\\","b":"1.10 "}`],
    ['number as a name', '{"1.10":true}'],
  ])('is not misled by a %s', (_case, text) => {
    expect(parseFhirJson(text)).toEqual({ resource: JSON.parse(text), exact: true });
  });

  it.each([
    ['200,000 arrays', '['.repeat(200_000), 'body-too-deep'],
    ['one level too many', nested(MAX_DEPTH + 1), 'body-too-deep'],
    ['the deepest allowed', nested(MAX_DEPTH), undefined],
    ['brackets in a string', JSON.stringify('['.repeat(100)), undefined],
    ['nothing', '', 'body-unreadable'],
    ['an open string', '{"a":"b', 'body-unreadable'],
    ['a trailing comma', '{"a":1,}', 'body-unreadable'],
    ['a broken number', '{"a":1.2.3}', 'body-unreadable'],
    ['a member twice', '{"a":1,"a":2}', 'body-unreadable'],
    ['a member twice, once escaped', String.raw`{"a":1,"\u0061":2}`, 'body-unreadable'],
    ['the same member in two objects', '[{"a":1},{"a":2,"b":{"a":3}}]', undefined],
    ['the same text as name and value', '{"a":"a","b":"a"}', undefined],
    ['__proto__', '{"__proto__":{"x":1}}', 'key-unsafe'],
    ['__proto__, escaped', String.raw`{"\u005f_proto__":1}`, 'key-unsafe'],
    ['constructor', '{"a":{"constructor":1}}', 'key-unsafe'],
    ['prototype', '{"prototype" : 1}', 'key-unsafe'],
    ['toString', '{"toString":1}', 'key-unsafe'],
    ['an unsafe word as value', '{"a":"__proto__"}', undefined],
  ])('%s', (_case, text, expected) => {
    expect(codeOf(() => parseFhirJson(text))).toBe(expected);
  });

  it('does not repeat the body in the error', () => {
    try {
      parseFhirJson('{"name":"Secreto", x}');
    } catch (error) {
      expect(String(error)).not.toContain('Secreto');
    }
    expect.assertions(1);
  });

  it('gives back any JSON text that JavaScript wrote', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 5 }), (value) => {
        const text = JSON.stringify(value);
        if (
          /"(__\w+__|constructor|prototype|toString|valueOf|hasOwnProperty|\w+[pP]rototype\w*|toLocaleString)":/.test(
            text,
          )
        )
          return;
        const parsed = parseFhirJson(text);
        expect(stringifyFhir(parsed.resource)).toBe(text);
        expect(toPlain(parsed.resource)).toEqual(JSON.parse(text));
      }),
    );
  });

  it('gives back any number as it was written, wherever it stands', () => {
    const digits = fc.stringMatching(/^(0|[1-9][0-9]{0,24})(\.[0-9]{1,24})?([eE][+-]?[0-9]{1,3})?$/);
    const number = fc.tuple(fc.constantFrom('', '-'), digits).map(([sign, literal]) => sign + literal);
    fc.assert(
      fc.property(number, fc.string(), (literal, text) => {
        const body = `{"t":${JSON.stringify(text)},"n":[${literal},{"m":${literal}}]}`;
        const parsed = parseFhirJson(body);
        expect(stringifyFhir(parsed.resource)).toBe(body);
        expect(parsed.exact).toBe(String(Number(literal)) === literal);
      }),
    );
  });
});

describe('toPlain', () => {
  it('gives the same object when no number is wrapped', () => {
    const resource = { a: [1, { b: '2' }] };
    expect(toPlain(resource)).toBe(resource);
  });
});
