import { describe, expect, it } from 'vitest';
import { searchsetText } from './searchset.js';

describe('searchsetText', () => {
  it('holds the stored texts as they are', () => {
    const text = searchsetText({
      links: [
        { relation: 'self', url: 'https://rr.hn/fhir/Observation?code=a%2Cb' },
        { relation: 'next', url: 'https://rr.hn/fhir/Observation?_cursor=x' },
      ],
      total: 0,
      entries: [
        { fullUrl: 'https://rr.hn/fhir/Observation/1', json: '{"resourceType":"Observation","valueDecimal":1.10}' },
      ],
    });
    expect(text).toContain('"valueDecimal":1.10');
    expect(JSON.parse(text)).toEqual({
      resourceType: 'Bundle',
      type: 'searchset',
      total: 0,
      link: [
        { relation: 'self', url: 'https://rr.hn/fhir/Observation?code=a%2Cb' },
        { relation: 'next', url: 'https://rr.hn/fhir/Observation?_cursor=x' },
      ],
      entry: [
        {
          fullUrl: 'https://rr.hn/fhir/Observation/1',
          resource: { resourceType: 'Observation', valueDecimal: 1.1 },
          search: { mode: 'match' },
        },
      ],
    });
  });

  it('has no empty lists', () => {
    expect(JSON.parse(searchsetText({ links: [{ relation: 'self', url: 's' }], entries: [] }))).toEqual({
      resourceType: 'Bundle',
      type: 'searchset',
      link: [{ relation: 'self', url: 's' }],
    });
  });

  it('says of each entry why it stands there; an outcome has no address', () => {
    const text = searchsetText({
      links: [],
      entries: [
        { fullUrl: 'a', json: '{}', mode: 'include' },
        { json: '{}', mode: 'outcome' },
      ],
    });
    expect((JSON.parse(text) as { entry: unknown[] }).entry).toEqual([
      { fullUrl: 'a', resource: {}, search: { mode: 'include' } },
      { resource: {}, search: { mode: 'outcome' } },
    ]);
  });
});
