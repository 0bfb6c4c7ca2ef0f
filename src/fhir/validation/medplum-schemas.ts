import { loadDataType } from '@medplum/core';
import type { ElementDefinition, StructureDefinition } from '@medplum/fhirtypes';
import type { Definitions } from '../definitions/definitions.js';

const registered = new WeakSet<Definitions>();

/** Root segment of the paths of a profile's schema, unlike any type: the library names inner types after paths. */
const rootOf = (profile: StructureDefinition): string => `${profile.type}@${profile.url}`.replaceAll('.', '·');

/** Path reported for a profile -> FHIRPath. */
export const pathInType = (path: string, profile: StructureDefinition): string => {
  const root = rootOf(profile);
  return path.startsWith(root) ? profile.type + path.slice(root.length) : path;
};

/**
 * A slice of extensions names its extension by profile; the library compares `url` only, so the URL is written out.
 */
function withExtensionUrls(elements: readonly ElementDefinition[]): ElementDefinition[] {
  return elements.flatMap((element) => {
    const url = element.sliceName ? element.type?.[0]?.profile?.[0] : undefined;
    const known = elements.some(({ id }) => id === `${element.id}.url`);
    if (element.type?.[0]?.code !== 'Extension' || !url || known) return [element];
    const fixed = { id: `${element.id}.url`, path: `${element.path}.url`, min: 1, max: '1', fixedUri: url };
    return [element, { ...fixed, type: [{ code: 'uri' }] } as ElementDefinition];
  });
}

/**
 * Profile as the library can hold it beside the base types: typed by its own URL, and with paths of its own, since inner
 * types (`ServiceRequestFoo`) go by path into one table for all and would replace those of the base type.
 */
function isolated(profile: StructureDefinition): StructureDefinition {
  const root = rootOf(profile);
  const moved = (path: string): string => root + path.slice(profile.type.length);
  const elements = withExtensionUrls(profile.snapshot?.element ?? []).map((element) => ({
    ...element,
    path: moved(element.path),
    ...(element.base ? { base: { ...element.base, path: moved(element.path) } } : {}),
    ...(element.contentReference
      ? { contentReference: `#${moved(element.contentReference.split('#')[1] ?? '')}` }
      : {}),
  }));
  return { ...profile, type: profile.url, snapshot: { element: elements } };
}

/**
 * Hands the definitions to Medplum's validator, which keeps them in global state: once per process. A profile becomes the
 * type named by its URL (parsed once, not at each call: design.md 3a.23).
 * @throws Error when a profile uses a kind of slicing that the library does not know
 */
export function registerSchemas(definitions: Definitions): void {
  if (registered.has(definitions)) return;
  for (const structure of definitions.base) loadDataType(structure);
  for (const profile of definitions.profiles) loadDataType(isolated(profile));
  registered.add(definitions);
}
