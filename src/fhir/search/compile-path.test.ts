import { describe, expect, it } from 'vitest';
import { fillStructure } from '../../../test/support/fill-structure.js';
import { oracleValues } from '../../../test/support/fhirpath-oracle.js';
import { loadDefinitions } from '../definitions/load-definitions.js';
import { compilePath, walkPath } from './compile-path.js';

const definitions = loadDefinitions();
const cases = definitions.resourceTypes.flatMap((type) =>
  [...definitions.searchParameters(type).values()].map(({ code, expression }) => ({ type, code, expression })),
);
// A union drops repeated values, and so does the index.
const distinct = (values: readonly unknown[]): string[] =>
  [...new Set(values.map((value) => JSON.stringify(value)))].sort();

describe('compilePath', () => {
  it('compiles every parameter of R4 but those that compute', () => {
    const computed = cases.filter(({ type, expression }) => !compilePath(definitions, type, expression));
    expect(computed.map(({ type, code }) => `${type} ${code}`)).toEqual(['Patient deceased']);
  });

  // Turns walk through the types of choice elements: 11 is the longest choice among searched elements.
  it.each(definitions.resourceTypes.map((type) => [type]))('reaches in %s what npm fhirpath reaches', (type) => {
    let compared = 0;
    for (let turn = 0; turn < 11; turn += 1) {
      const resource = fillStructure(definitions, type, turn);
      for (const { expression } of cases.filter((one) => one.type === type)) {
        const paths = compilePath(definitions, type, expression);
        if (!paths) continue;
        const walked: unknown[] = [];
        for (const path of paths) walkPath(path, resource, (value) => walked.push(value));
        const expected = distinct(oracleValues(expression, resource));
        expect([expression, distinct(walked)]).toEqual([expression, expected]);
        compared += walked.length;
      }
    }
    expect(compared).toBeGreaterThan(0);
  });

  it('knows types, and which elements have one value', () => {
    expect(compilePath(definitions, 'Task', 'Task.status')).toMatchObject([
      { type: 'code', single: true, path: 'Task.status' },
    ]);
    expect(compilePath(definitions, 'Observation', 'Observation.effective')?.map(({ type }) => type)).toEqual([
      'dateTime',
      'Period',
      'Timing',
      'instant',
    ]);
    expect(compilePath(definitions, 'Appointment', 'Appointment.participant.actor')).toMatchObject([
      { type: 'Reference', single: false },
    ]);
  });
});
