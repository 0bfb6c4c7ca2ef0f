import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { isServiceError } from '../errors.js';
import { acceptedFormat, representationOf } from './representation.js';

const asked = (accept: string | undefined, query = ''): string => {
  const get = ((name: string) => (name === 'accept' ? accept : undefined)) as Parameters<
    typeof representationOf
  >[0]['get'];
  try {
    const { format, pretty } = representationOf({ get }, [...new URLSearchParams(query)]);
    return pretty ? `${format} pretty` : format;
  } catch (error) {
    if (isServiceError(error)) return String(error.status);
    throw error;
  }
};

describe('representationOf', () => {
  it.each([
    [undefined, 'json'],
    ['', 'json'],
    ['*/*', 'json'],
    ['application/*', 'json'],
    ['text/*', 'json'],
    ['application/fhir+json', 'json'],
    ['application/json', 'json'],
    ['text/json', 'json'],
    ['application/fhir+xml', 'xml'],
    ['application/xml', 'xml'],
    ['text/xml', 'xml'],
    ['Application/FHIR+XML; charset=utf-8', 'xml'],
    ['application/fhir+json; fhirVersion=4.0', 'json'],
    ['application/fhir+json; fhirVersion=5.0', '406'],
    ['application/fhir+xml; q=0.9, application/fhir+json; q=0.1', 'xml'],
    ['application/fhir+xml;q=0.5, */*;q=0.1', 'xml'],
    ['application/fhir+xml;q=0.1, */*;q=0.5', 'json'],
    ['application/fhir+json;q=0, */*', 'xml'],
    ['application/fhir+xml;q=0, */*', 'json'],
    ['application/fhir+json;q=0', '406'],
    ['*/*;q=0', '406'],
    ['text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8', 'xml'],
    ['text/html, */*;q=0.1', 'json'],
    ['text/html', '406'],
    ['text/turtle', '406'],
    ['application/fhir+jsonx', '406'],
    ['application/fhir+xml;q=2', '406'],
    ['application/fhir+xml;q=', '406'],
    [',,;;', '406'],
    ['nonsense, application/fhir+xml', 'xml'],
    ['json', '406'],
  ])('Accept: %p is answered with %p', (accept, expected) => {
    expect(asked(accept)).toBe(expected);
  });

  it.each([
    ['_format=json', 'json'],
    ['_format=xml', 'xml'],
    ['_format=application/fhir+xml', 'xml'],
    ['_format=application/fhir%2Bxml', 'xml'],
    ['_format=text/xml', 'xml'],
    ['_format=application/fhir%2Bjson;fhirVersion=4.0', 'json'],
    ['_format=XML', 'xml'],
    ['_format=html', '406'],
    ['_format=', '406'],
    ['_format=*/*', '406'],
    ['_pretty=true', 'xml pretty'],
    ['_pretty=false', 'xml'],
    ['_format=json&_pretty=true', 'json pretty'],
  ])('%s goes before Accept: application/fhir+xml', (query, expected) => {
    expect(asked('application/fhir+xml', query)).toBe(expected);
  });

  it('says something about any header', () => {
    const parts = fc.constantFrom(
      'application/fhir+json',
      'text/xml',
      '*/*',
      ';',
      ',',
      'q=',
      '0.5',
      '=',
      ' ',
      'q',
      '"',
    );
    fc.assert(
      fc.property(fc.array(parts, { maxLength: 12 }), (words) => {
        expect(['json', 'xml', undefined]).toContain(acceptedFormat(words.join('')));
      }),
    );
  });
});
