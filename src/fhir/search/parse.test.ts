import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { isServiceError } from '../../errors.js';
import { loadDefinitions } from '../definitions/load-definitions.js';
import { escapeValue } from './escapes.js';
import { SEARCH_LIMITS } from './limits.js';
import { normalizeText } from './normalize-text.js';
import { parseSearch } from './parse.js';
import type { SearchQuery } from './search-query.js';

const definitions = loadDefinitions();
const parse = (type: string, query: string): SearchQuery =>
  parseSearch(definitions, type, [...new URLSearchParams(query)], { baseUrl: 'https://rr.hn/fhir' });
const refusal = (type: string, query: string): string => {
  try {
    parse(type, query);
    return 'accepted';
  } catch (error) {
    return isServiceError(error) ? `${error.status} ${error.code}` : String(error);
  }
};
const first = (type: string, query: string): unknown => parse(type, query).criteria[0];

describe('parseSearch', () => {
  it.each([
    ['Patient', 'Gender=male', 'parameter-unknown'],
    ['Patient', 'gnder=male', 'parameter-unknown'],
    ['Patient', 'status=active', 'parameter-unknown'],
    ['Patient', '_content=x', 'parameter-unknown'],
    ['Patient', '_has:Observation:patient:code=1', 'parameter-unknown'],
    ['Patient', '_include=Patient:organization', 'parameter-unknown'],
    ['Patient', '_include=Patient:organization', 'parameter-unknown'],
    ['Patient', '_offset=5', 'parameter-unknown'],
    ['Patient', 'constructor=1', 'parameter-unknown'],
    ['Patient', '__proto__=1', 'parameter-unknown'],
    ['Observation', 'patient.name=x', 'parameter-unknown'],
    ['Observation', 'subject:Patient.name=x', 'parameter-unknown'],
    ['Observation', 'subject:Organization=1', 'modifier-unsupported'],
    ['Patient', 'name=^', 'parameter-value'],
    ['Patient', 'name=%00', 'parameter-value'],
    ['Patient', 'name=%C2%B4', 'parameter-value'],
    ['Patient', '_id:exact=1', 'modifier-unsupported'],
    ['Patient', 'name=', 'parameter-value'],
    ['Patient', 'name=a,,b', 'parameter-value'],
    ['Patient', 'name=a%5Cb', 'parameter-value'],
    ['Patient', `name=${'x'.repeat(101)}`, 'parameter-value'],
    ['Patient', 'identifier=a|b|c', 'parameter-value'],
    ['Patient', 'identifier=|', 'parameter-value'],
    ['Patient', 'gender=male|', 'parameter-value'],
    ['Patient', 'gender=http://wrong|male', 'parameter-value'],
    ['Patient', 'birthdate=1990-13', 'parameter-value'],
    ['Patient', 'birthdate=xx1990', 'parameter-value'],
    ['Patient', '_id=a b', 'parameter-value'],
    ['Observation', 'patient=Organization/1', 'parameter-value'],
    ['Observation', 'patient=a/b/c', 'parameter-value'],
    ['Patient', '_count=-1', 'parameter-value'],
    ['Patient', '_count=1001', 'parameter-value'],
    ['Patient', '_count=10&_count=20', 'parameter-value'],
    ['Patient', '_summary=short', 'parameter-value'],
    ['Patient', '_total=some', 'parameter-value'],
    ['Patient', '_sort=gender', 'sort-unsupported'],
    ['Patient', '_sort=--name', 'sort-unsupported'],
    ['Patient', '_sort=', 'sort-unsupported'],
    ['Patient', '_sort=name,-name', 'parameter-value'],
  ])('%s?%s is refused', (type, query, code) => {
    expect(refusal(type, query)).toBe(`400 ${code}`);
  });

  it('caps parameters and values', () => {
    expect(refusal('Patient', Array.from({ length: 41 }, () => 'active=true').join('&'))).toBe('400 parameter-value');
    const many = (count: number): string => Array.from({ length: count }, (_, i) => `v${i}`).join(',');
    expect(refusal('Patient', `identifier=${many(2_000)}`)).toBe('accepted');
    expect(refusal('Patient', `identifier=${many(2_001)}`)).toBe('400 parameter-value');
    expect(refusal('Patient', `name=${many(51)}`)).toBe('400 parameter-value');
  });

  it('reads the forms of a token', () => {
    const token = (value: string): unknown => (first('Patient', `identifier=${value}`) as { values: unknown }).values;
    expect(token('a')).toEqual([{ code: 'a' }]);
    expect(token('s|a,|b,s|')).toEqual([{ system: 's', code: 'a' }, { system: '', code: 'b' }, { system: 's' }]);
    expect(first('Patient', 'gender=http://hl7.org/fhir/administrative-gender|male')).toMatchObject({
      values: [{ code: 'male' }],
    });
  });

  it('reads the forms of a reference', () => {
    const targets = (query: string): unknown => (first('Observation', query) as { targets: unknown }).targets;
    expect(targets('encounter=Encounter/1')).toEqual(['Encounter/1']);
    expect(targets('encounter=1')).toEqual(['Encounter/1']);
    expect(targets('encounter=Encounter/1/_history/2')).toEqual(['Encounter/1']);
    expect(targets('encounter=https://rr.hn/fhir/Encounter/1')).toEqual(['Encounter/1']);
    expect(targets('encounter=https://other.hn/fhir/Encounter/1')).toEqual(['https://other.hn/fhir/Encounter/1']);
    expect(targets('performer:Organization=1')).toEqual(['Organization/1']);
    expect(targets('performer=1')).toEqual(expect.arrayContaining(['Organization/1', 'Practitioner/1']));
  });

  it('takes a subject that is a patient for the patient', () => {
    expect(first('Observation', 'subject:Patient=1')).toEqual({
      kind: 'reference',
      param: 'patient',
      targets: ['Patient/1'],
      single: true,
    });
    expect(first('Observation', 'subject=Patient/1')).toEqual(first('Observation', 'patient=1'));
    expect(first('Observation', 'subject=Location/1')).toMatchObject({ param: 'subject' });
  });

  it('reads dates with prefixes, and a plus sign that came as a blank', () => {
    const value = (text: string): unknown => (first('Patient', `birthdate=${text}`) as { values: unknown[] }).values[0];
    expect(value('ge1990')).toMatchObject({ prefix: 'ge' });
    expect(value('1990')).toMatchObject({ prefix: 'eq' });
    expect(value('2026-05-03T10:00:00+02:00')).toEqual(value('2026-05-03T10:00:00%2B02:00'));
  });

  it('reads what steers the answer', () => {
    expect(parse('Task', '')).toMatchObject({ count: 20, answer: 'rows', total: false, sort: [] });
    expect(parse('Task', '_count=0')).toMatchObject({ answer: 'count' });
    expect(parse('Task', '_summary=count')).toMatchObject({ answer: 'count' });
    expect(parse('Task', '_total=accurate&_count=1000&_format=json')).toMatchObject({ total: true, count: 1_000 });
    expect(parse('Task', '_sort=-modified,_id').sort).toMatchObject([
      { key: { field: 'k.modified' }, direction: -1 },
      { key: { field: '_id' }, direction: 1 },
    ]);
    expect(parse('Task', 'status=a&_cursor=x')).toMatchObject({ cursor: 'x', parameters: [['status', 'a']] });
  });

  it('gives back every list of values it was given', () => {
    const text = fc.string({ minLength: 1, maxLength: 50 }).filter((value) => normalizeText(value) !== '');
    fc.assert(
      fc.property(fc.array(text, { minLength: 1, maxLength: 10 }), (values) => {
        const query = values.map(escapeValue).join(',');
        expect(parseSearch(definitions, 'Patient', [['name', query]]).criteria[0]).toMatchObject({ texts: values });
        expect(parseSearch(definitions, 'Patient', [['identifier', query]]).criteria[0]).toMatchObject({
          values: values.map((code) => ({ code })),
        });
      }),
    );
  });

  it('throws nothing but its own errors, whatever comes', () => {
    const name = fc.oneof(
      fc.constantFrom('name', 'birthdate', 'identifier', '_sort', '_count', '_id', 'organization', 'gender:not'),
      fc.string(),
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(name, fc.string()), { maxLength: SEARCH_LIMITS.parameters }), (query) => {
        try {
          expect(parseSearch(definitions, 'Patient', query).type).toBe('Patient');
        } catch (error) {
          expect(isServiceError(error) && error.status).toBe(400);
        }
      }),
    );
  });
});

describe('parseSearch, lenient', () => {
  const lenient = (query: string): SearchQuery =>
    parseSearch(definitions, 'Observation', [...new URLSearchParams(query)], { lenient: true, levels: 4 });

  it('passes over what there is not, and keeps the rest', () => {
    const query = lenient(
      'code=1&colour=x&code:Text=x&subject.colour=x&_has:Nada:x:y=1&_include=Observation:colour&_include=Observation:subject&_sort=colour',
    );
    expect(query.ignored).toEqual([
      'colour',
      'code:Text',
      'subject.colour',
      '_has:Nada:x:y',
      '_include=Observation:colour',
      '_sort=colour',
    ]);
    expect(query.parameters).toEqual([
      ['code', '1'],
      ['_include', 'Observation:subject'],
    ]);
    expect([query.criteria.length, query.linked.length, query.includes.length, query.sort.length]).toEqual([
      1, 0, 1, 0,
    ]);
  });

  it.each(['date=never', '_count=x', 'code=', 'subject.name=', '_count=1&_count=2'])('refuses %s', (query) => {
    expect(() => lenient(query)).toThrow();
  });
});
