import type { StructureDefinition } from '@medplum/fhirtypes';
import type { RequiredBinding } from './definitions.js';
import type { Terminology } from './terminology.js';

/**
 * Required bindings of a structure whose value set can be enumerated. Elements inside slices are left out: their path
 * alone does not say which repetition they mean.
 * @returns one row per element; `codes` holds `system|code` and `|code`
 */
export function requiredBindings(structure: StructureDefinition, terminology: Terminology): RequiredBinding[] {
  const rows: RequiredBinding[] = [];
  for (const { id, path, binding } of structure.snapshot?.element ?? []) {
    if (binding?.strength !== 'required' || !binding.valueSet || id?.includes(':')) continue;
    const codes = terminology.expand(binding.valueSet);
    if (codes) rows.push({ path, valueSet: binding.valueSet.split('|', 1)[0] ?? '', codes: withBareCodes(codes) });
  }
  return rows;
}

const cache = new WeakMap<ReadonlySet<string>, ReadonlySet<string>>();

/** The same set for the same expansion: 300 bindings share 90 value sets. */
function withBareCodes(codes: ReadonlySet<string>): ReadonlySet<string> {
  const known = cache.get(codes);
  if (known) return known;
  const all = new Set(codes);
  for (const code of codes) all.add(code.slice(code.indexOf('|')));
  cache.set(codes, all);
  return all;
}
