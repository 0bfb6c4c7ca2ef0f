import { describe, expect, it } from 'vitest';
import type { CodeSystem, ValueSet, ValueSetCompose } from '@medplum/fhirtypes';
import { createTerminology } from './terminology.js';

const SYSTEM = 'http://example.org/animals';
const system: CodeSystem = {
  resourceType: 'CodeSystem',
  url: SYSTEM,
  status: 'active',
  content: 'complete',
  concept: [
    { code: 'animal', concept: [{ code: 'dog', display: 'Perro', concept: [{ code: 'poodle' }] }, { code: 'cat' }] },
    { code: 'stone' },
  ],
};
const valueSet = (id: string, compose: ValueSetCompose): ValueSet => ({
  resourceType: 'ValueSet',
  url: `http://example.org/vs/${id}`,
  status: 'active',
  compose,
});
const filter = (op: 'is-a' | 'descendent-of' | 'regex', value: string): ValueSetCompose => ({
  include: [{ system: SYSTEM, filter: [{ property: 'concept', op, value }] }],
});
const terminology = createTerminology(
  [system],
  [
    valueSet('all', { include: [{ system: SYSTEM }] }),
    valueSet('list', { include: [{ system: 'http://other', concept: [{ code: 'x' }] }] }),
    valueSet('is-a', filter('is-a', 'dog')),
    valueSet('below', filter('descendent-of', 'animal')),
    valueSet('regex', filter('regex', 'd.*')),
    valueSet('without', { include: [{ system: SYSTEM }], exclude: [{ system: SYSTEM, concept: [{ code: 'stone' }] }] }),
    valueSet('nested', { include: [{ valueSet: ['http://example.org/vs/is-a|1.0'] }] }),
    valueSet('both', { include: [{ system: SYSTEM, valueSet: ['http://example.org/vs/is-a'] }] }),
    valueSet('loop', { include: [{ valueSet: ['http://example.org/vs/loop'] }] }),
    valueSet('foreign', { include: [{ system: 'http://snomed.info/sct' }] }),
  ],
);

describe('createTerminology', () => {
  it.each([
    ['all', ['animal', 'dog', 'poodle', 'cat', 'stone']],
    ['is-a', ['dog', 'poodle']],
    ['below', ['dog', 'poodle', 'cat']],
    ['without', ['animal', 'dog', 'poodle', 'cat']],
    ['nested', ['dog', 'poodle']],
    ['both', ['dog', 'poodle']],
  ])('expands %s', (id, codes) => {
    expect([...(terminology.expand(`http://example.org/vs/${id}`) ?? [])]).toEqual(
      codes.map((code) => `${SYSTEM}|${code}`),
    );
  });

  it('takes listed codes of systems it does not hold', () => {
    expect([...(terminology.expand('http://example.org/vs/list') ?? [])]).toEqual(['http://other|x']);
  });

  it.each(['regex', 'loop', 'foreign', 'absent'])('says that it does not know %s', (id) => {
    expect(terminology.expand(`http://example.org/vs/${id}`)).toBeUndefined();
  });

  it('gives displays at any depth', () => {
    expect(terminology.display(SYSTEM, 'dog')).toBe('Perro');
    expect(terminology.display(SYSTEM, 'poodle')).toBeUndefined();
    expect(terminology.display('http://other', 'x')).toBeUndefined();
  });
});
