import { loadDataType } from '@medplum/core';
import type { ElementDefinition, StructureDefinition } from '@medplum/fhirtypes';
import type { Definitions } from '../definitions/definitions.js';

const registered = new WeakSet<Definitions>();

/** A slice of extensions names its extension by profile; the library compares `url` only, so the URL is written out. */
function withExtensionUrls(elements: readonly ElementDefinition[]): ElementDefinition[] {
  return elements.flatMap((element) => {
    const url = element.sliceName ? element.type?.[0]?.profile?.[0] : undefined;
    const known = elements.some(({ id }) => id === `${element.id}.url`);
    if (element.type?.[0]?.code !== 'Extension' || !url || known) return [element];
    const fixed = { id: `${element.id}.url`, path: `${element.path}.url`, min: 1, max: '1', fixedUri: url };
    return [element, { ...fixed, type: [{ code: 'uri' }] }];
  });
}

/** The invariants of the root are checked by our own code: see root-invariants.ts. */
function prepared(structure: StructureDefinition): StructureDefinition {
  const [root, ...elements] = structure.snapshot?.element ?? [];
  if (!root) return structure;
  return { ...structure, snapshot: { element: [{ ...root, constraint: [] }, ...withExtensionUrls(elements)] } };
}

/**
 * Profile as the library can hold it beside the base types: typed by its own URL, and its backbone elements under base paths
 * of its own. The library names inner types after base paths (`TaskRestriction`) in one table for all: two profiles of Task,
 * or a profile and Task itself, would replace each other's.
 */
function isolated(profile: StructureDefinition): StructureDefinition {
  const elements = (profile.snapshot?.element ?? []).map((element): ElementDefinition => {
    const inner = element.type?.some(({ code }) => code === 'BackboneElement' || code === 'Element') ?? false;
    const { base, min = 0, max = '*', path } = element;
    return inner ? { ...element, base: { min, max, ...base, path: `${profile.id}.${path}` } } : element;
  });
  return { ...profile, type: profile.url, snapshot: { element: elements } };
}

/**
 * Hands the definitions to Medplum's validator, which keeps them in global state: once per process. A profile becomes the
 * type named by its URL (parsed once, not at each call: design.md 3a.23).
 * @throws Error when a profile uses a kind of slicing that the library does not know
 */
export function registerSchemas(definitions: Definitions): void {
  if (registered.has(definitions)) return;
  for (const structure of definitions.base) loadDataType(prepared(structure));
  for (const profile of definitions.profiles) loadDataType(isolated(prepared(profile)));
  registered.add(definitions);
}
