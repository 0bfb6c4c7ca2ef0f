import type { ElementDefinition, Resource } from '@medplum/fhirtypes';
import type { Definitions } from '../../src/fhir/definitions/definitions.js';
import { guideExtensions } from './guide-extensions.js';

const PRIMITIVES: Readonly<Record<string, unknown>> = {
  boolean: true,
  date: '2026-05-03',
  dateTime: '2026-05-03T10:00:00-06:00',
  instant: '2026-05-03T10:00:00.000Z',
  time: '10:00:00',
  integer: 7,
  positiveInt: 7,
  unsignedInt: 7,
  decimal: 1.5,
};

/** Where a reference of any type goes, in turn. */
const ANYTHING = ['Patient', 'Organization', 'Location'];

/** Codes that parameters pick by `where(system='...')`. */
const CODES = ['email', 'phone', 'other'];

/**
 * A resource with every element of its structure filled, lists with three items, and the `turn`-th type of every choice:
 * what differential tests of element paths need. It obeys types, not rules.
 */
export function fillStructure(definitions: Definitions, type: string, turn: number): Resource {
  let count = turn;
  const reference = ({ type }: ElementDefinition, item: number): { reference: string } => {
    const profiles = type?.find(({ code }) => code === 'Reference')?.targetProfile ?? [];
    const named = profiles.map((url) => url.slice(url.lastIndexOf('/') + 1)).filter((name) => name !== 'Resource');
    const targets = named.length > 0 ? named : ANYTHING;
    return { reference: `${targets[(turn + item) % targets.length]}/${turn}${item === 2 ? '/_history/1' : ''}` };
  };
  const value = (element: ElementDefinition, code: string, structure: string, depth: number, item: number): unknown => {
    count += 1;
    if (code === 'BackboneElement' || code === 'Element') return fill(structure, element.path, depth + 1);
    if (code === 'Reference') return reference(element, item);
    if (code === 'code') return CODES[(count + turn) % CODES.length];
    if (code === 'Resource') return { resourceType: 'Composition', id: `c${count}` };
    if (code in PRIMITIVES) return PRIMITIVES[code];
    if (definitions.structure(code)?.kind === 'primitive-type' || code.startsWith('http')) return `${code}-${count}`;
    return fill(code, code, depth + 1);
  };
  const fill = (structure: string, path: string, depth: number): Record<string, unknown> => {
    const result: Record<string, unknown> = {};
    if (depth > 4) return result;
    for (const element of definitions.structure(structure)?.snapshot?.element ?? []) {
      const name = element.path.slice(path.length + 1);
      if (!element.path.startsWith(`${path}.`) || name.includes('.')) continue;
      if (/^(extension|modifierExtension|contained)$/.test(name) || element.type?.[0]?.code === 'Narrative') continue;
      const types = element.type ?? [];
      const code = types[turn % Math.max(1, types.length)]?.code;
      if (code === undefined) continue;
      const key = name.endsWith('[x]') ? `${name.slice(0, -3)}${code.charAt(0).toUpperCase()}${code.slice(1)}` : name;
      const item = (index: number): unknown => value(element, code, structure, depth, index);
      result[key] = element.max === '1' ? item(0) : [item(0), item(1), item(2)];
    }
    return result;
  };
  const extension = guideExtensions(definitions, type, turn);
  return {
    resourceType: type,
    ...fill(type, type, 0),
    ...(extension.length > 0 ? { extension } : {}),
  } as unknown as Resource;
}
