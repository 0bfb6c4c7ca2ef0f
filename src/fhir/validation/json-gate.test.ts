import { describe, expect, it } from 'vitest';
import { LosslessNumber } from 'lossless-json';
import { jsonGate } from './json-gate.js';

const nest = (levels: number): object => {
  let value: object = { code: 'x' };
  for (let level = 0; level < levels; level += 1) value = { item: [value] };
  return value;
};
const codes = (root: unknown): string[] =>
  jsonGate(root as object, 'Patient').findings.map(({ code, expression }) => `${code} ${expression}`);

describe('jsonGate', () => {
  it.each([
    ['a string', { id: '' }, ['element-empty Patient.id']],
    ['white space', { id: ' \n' }, ['element-empty Patient.id']],
    ['an array', { name: [] }, ['element-empty Patient.name']],
    ['an object', { maritalStatus: {} }, ['element-empty Patient.maritalStatus']],
    ['an object in an array', { name: [{ family: 'x' }, {}] }, ['element-empty Patient.name[1]']],
    ['null', { id: null }, ['value-null Patient.id']],
    ['null in an array', { given: ['a', null] }, ['value-null Patient.given[1]']],
    ['an array in an array', { given: [['a']] }, ['json-type Patient.given[0]']],
    [
      'a value beside nothing',
      { given: [null], _given: [null] },
      ['value-null Patient.given[0]', 'value-null Patient.given[0]'],
    ],
  ])('reports %s', (_case, root, expected) => {
    expect(codes(root)).toEqual(expected);
  });

  it('lets null stand for a value that its companion describes, and the other way round', () => {
    expect(codes({ given: ['a', null], _given: [null, { id: 'x' }] })).toEqual([]);
  });

  it.each(['toString', 'hasOwnProperty', 'constructor', 'prototype', '__proto__'])('refuses the name %s', (key) => {
    const root = JSON.parse(`{"name":[{"${key}":"x"}]}`) as object;
    expect(jsonGate(root, 'Patient')).toMatchObject({
      findings: [{ code: 'key-unsafe', params: { key }, expression: 'Patient.name[0]' }],
      safe: false,
    });
  });

  it('tells whether numbers stand as they were written', () => {
    const number = new LosslessNumber('1.10');
    expect(jsonGate({ value: 1.1 }, 'Quantity').plain).toBe(true);
    expect(jsonGate({ value: number }, 'Quantity').plain).toBe(false);
    expect(jsonGate({ component: [{ value: [1, number] }] }, 'Observation').plain).toBe(false);
  });

  it.each([
    [20, true],
    [31, true],
    [32, false],
    [5000, false],
  ])('with %i nested arrays: safe %s', (levels, safe) => {
    expect(jsonGate(nest(levels), 'Patient').safe).toBe(safe);
  });
});
