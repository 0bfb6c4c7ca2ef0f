import { evalFhirPathTyped, type FhirPathAtom, parseFhirPath } from '@medplum/core';
import type { Finding } from '../../errors.js';
import type { Definitions } from '../definitions/definitions.js';
import { choiceNames, memberNames } from './element-names.js';
import { provenInvariant } from './proven-invariant.js';

type Json = Readonly<Record<string, unknown>>;

/** Checked by other means: every element has a value or children, extensions have one of both, local references resolve. */
const ELSEWHERE = ['ele-1', 'ext-1', 'ref-1', 'dom-3'];
const UCUM = { type: 'string', value: 'http://unitsofmeasure.org' };

/** Compares as far as both are known: to the day when one has no time, as instants when both have one. */
function startsAfter(start: string, end: string): boolean {
  if (start.includes('T') && end.includes('T')) return Date.parse(start) > Date.parse(end);
  const length = Math.min(start.length, end.length, 'YYYY-MM-DD'.length);
  return start.slice(0, length) > end.slice(0, length);
}

/** Invariants whose FHIRPath the library evaluates wrongly: it compares dates of different precision or zone as text. */
const OWN: Readonly<Record<string, (value: Json) => boolean>> = {
  'per-1': ({ start, end }) => typeof start !== 'string' || typeof end !== 'string' || !startsAfter(start, end),
};

/**
 * Invariants at the root of a structure: those of a resource or profile, and those of a complex data type (`per-1`: a period
 * does not end before it starts, `cpt-2`, `att-1`, ...). The general validator would stop at the first one broken, passes
 * over those of nested resources and data types, and leaves out `org-1` by name; so they are checked here, all of them.
 * @returns a check of one value under a base type or, by its URL, a profile; `outer` is the resource that was sent
 */
export function createRootInvariants(
  definitions: Definitions,
): (value: Json, typeOrProfile: string, path: string, outer: object) => Finding[] {
  const choices = choiceNames(definitions);
  const table = new Map(
    [...definitions.base, ...definitions.profiles].map((structure) => {
      const constraints = structure.snapshot?.element[0]?.constraint ?? [];
      const own = constraints.filter(
        ({ key, severity, expression }) => severity === 'error' && expression && !ELSEWHERE.includes(key),
      );
      const names = { membersOf: memberNames(structure.type), choices };
      const rows = own.map(({ key, human, expression = '' }) => {
        const atom = parseFhirPath(expression);
        return { key, human, atom, proven: provenInvariant(atom, names) };
      });
      const isProfile = structure.derivation === 'constraint' && definitions.profile(structure.url) !== undefined;
      return [isProfile ? structure.url : (structure.id ?? ''), { type: structure.type, rows }] as const;
    }),
  );

  return (value, typeOrProfile, path, outer) => {
    const { type, rows } = table.get(typeOrProfile) ?? { type: '', rows: [] };
    if (rows.length === 0) return [];
    const holds = (atom: FhirPathAtom): boolean => {
      const typed = { type, value };
      const isResource = typeof value['resourceType'] === 'string';
      const variables = {
        '%context': typed,
        '%ucum': UCUM,
        '%rootResource': { type: 'Resource', value: outer },
        ...(isResource ? { '%resource': typed } : {}),
      };
      const result = evalFhirPathTyped(atom, [typed], variables);
      return result.length === 1 && result[0]?.value === true;
    };
    const broken = rows.filter(
      ({ key, atom, proven }) => !(OWN[key] ? OWN[key](value) : (proven?.(value) ?? holds(atom))),
    );
    return broken.map(({ key, human }) => ({ code: 'invariant', params: { key, text: human }, expression: path }));
  };
}
