import { evalFhirPathTyped, parseFhirPath } from '@medplum/core';
import type { Finding } from '../../errors.js';
import type { Definitions } from '../definitions/definitions.js';

/** Checked by other means: every element has a value or children, extensions have one of both, local references resolve. */
const ELSEWHERE = ['ele-1', 'ext-1', 'ref-1'];

const UCUM = { type: 'string', value: 'http://unitsofmeasure.org' };

/** Compares as far as both are known: to the day when one has no time, as instants when both have one. */
function startsAfter(start: string, end: string): boolean {
  if (start.includes('T') && end.includes('T')) return Date.parse(start) > Date.parse(end);
  const length = Math.min(start.length, end.length, 'YYYY-MM-DD'.length);
  return start.slice(0, length) > end.slice(0, length);
}

/** Invariants whose FHIRPath the library evaluates wrongly: it compares dates of different precision or zone as text. */
const OWN: Readonly<Record<string, (value: Readonly<Record<string, unknown>>) => boolean>> = {
  'per-1': ({ start, end }) => typeof start !== 'string' || typeof end !== 'string' || !startsAfter(start, end),
};

/**
 * Invariants of complex data types (`per-1`: a period does not end before it starts, `cpt-2`, `att-1`, ...). The general
 * validator applies those of elements only, and a data type's own are not repeated on the elements that use it.
 * @returns a check of one value of a data type
 */
export function createDataTypeInvariants(
  definitions: Definitions,
): (value: Readonly<Record<string, unknown>>, type: string, path: string) => readonly Finding[] {
  const table = new Map(
    definitions.base
      .filter((structure) => structure.kind === 'complex-type')
      .map((structure) => {
        const constraints = structure.snapshot?.element[0]?.constraint ?? [];
        const own = constraints.filter(({ key, expression }) => !ELSEWHERE.includes(key) && expression);
        return [
          structure.id,
          own.map(({ key, human, expression = '' }) => ({ key, human, atom: parseFhirPath(expression) })),
        ] as const;
      }),
  );
  return (value, type, path) => {
    const findings: Finding[] = [];
    for (const { key, human, atom } of table.get(type) ?? []) {
      const typed = { type, value };
      const variables = { '%context': typed, '%ucum': UCUM };
      const holds = OWN[key]?.(value) ?? evalFhirPathTyped(atom, [typed], variables)[0]?.value !== false;
      if (!holds) {
        findings.push({ code: 'invariant', params: { key, text: human }, expression: path });
      }
    }
    return findings;
  };
}
