import type { ElementDefinition } from '@medplum/fhirtypes';
import { isLosslessNumber } from 'lossless-json';
import type { Definitions } from './definitions/definitions.js';
import { parseFhirJson, stringifyFhir } from './exact-json.js';
import type { ResourceView } from './resource-view.js';

/** Tag of a resource that is not whole: https://hl7.org/fhir/R4/search.html#summary */
const SUBSETTED = { system: 'http://terminology.hl7.org/CodeSystem/v3-ObservationValue', code: 'SUBSETTED' };

/** What a reader must see whatever else is left out: who it is, and what may turn its meaning round. */
const ALWAYS: ReadonlySet<string> = new Set(['id', 'meta', 'implicitRules', 'modifierExtension']);
/** Parts of a data type that qualify the value itself. */
const OF_VALUES: ReadonlySet<string> = new Set(['id', 'extension', 'modifierExtension']);

type Json = Record<string, unknown>;

/** One element as a projection needs it. */
interface Child {
  /** Mandatory, or in the summary. */
  readonly kept: boolean;
  readonly mandatory: boolean;
  /** It may turn the meaning of the rest round. */
  readonly modifier: boolean;
  /** Where its own children are defined: structure and path; absent for primitives and whole resources. */
  readonly inside?: readonly [structure: string, path: string];
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

function insideOf(
  definitions: Definitions,
  structure: string,
  element: ElementDefinition,
  code: string,
): Child['inside'] {
  if (element.contentReference)
    return [structure, element.contentReference.slice(element.contentReference.indexOf('#') + 1)];
  if (code === 'BackboneElement' || code === 'Element') return [structure, element.path];
  const kind = definitions.structure(code)?.kind;
  return kind === 'complex-type' && code !== 'Extension' ? [code, code] : undefined;
}

function childrenOf(definitions: Definitions, structure: string, path: string): ReadonlyMap<string, Child> {
  const children = new Map<string, Child>();
  for (const element of definitions.structure(structure)?.snapshot?.element ?? []) {
    const name = element.path.slice(path.length + 1);
    if (!element.path.startsWith(`${path}.`) || name.includes('.')) continue;
    const mandatory = (element.min ?? 0) > 0;
    const kept = mandatory || element.isSummary === true;
    const codes = element.contentReference ? [''] : (element.type ?? []).map(({ code }) => code);
    for (const code of codes) {
      const inside = insideOf(definitions, structure, element, code);
      const key = name.endsWith('[x]') ? `${name.slice(0, -3)}${capital(code)}` : name;
      children.set(key, { kept, mandatory, modifier: element.isModifier === true, ...(inside ? { inside } : {}) });
    }
  }
  return children;
}

const known = new WeakMap<Definitions, Map<string, ReadonlyMap<string, Child>>>();

function cachedChildren(definitions: Definitions, structure: string, path: string): ReadonlyMap<string, Child> {
  const cache = known.get(definitions) ?? new Map<string, ReadonlyMap<string, Child>>();
  known.set(definitions, cache);
  const key = `${structure} ${path}`;
  const children = cache.get(key) ?? childrenOf(definitions, structure, path);
  cache.set(key, children);
  return children;
}

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !isLosslessNumber(value);

/** Name of the element behind a JSON member: `_birthDate` holds extensions of `birthDate`. */
const elementOf = (key: string): string => (key.startsWith('_') ? key.slice(1) : key);

function summaryOf(definitions: Definitions, [structure, path]: readonly [string, string], value: unknown): unknown {
  if (Array.isArray(value)) return value.map((item) => summaryOf(definitions, [structure, path], item));
  if (!isObject(value)) return value;
  const children = cachedChildren(definitions, structure, path);
  const members = Object.entries(value).flatMap(([key, member]): [string, unknown][] => {
    const child = children.get(elementOf(key));
    if (OF_VALUES.has(key)) return [[key, member]];
    if (!child?.kept) return [];
    return [[key, child.inside ? summaryOf(definitions, child.inside, member) : member]];
  });
  // FHIR has no empty objects: what holds nothing of the summary stays whole.
  return members.length > 0 ? Object.fromEntries(members) : value;
}

/** Decides about a member at the root of a resource. */
type Keeps = (name: string, child: Child | undefined) => boolean;

function keeps(view: ResourceView): Keeps {
  const { summary, elements } = view;
  if (elements) {
    const asked = new Set(elements);
    return (name, child) =>
      asked.has(name) ||
      child?.mandatory === true ||
      child?.modifier === true ||
      elements.some((element) => isChoiceOf(name, element, child));
  }
  if (summary === 'data') return (name) => name !== 'text';
  if (summary === 'text') return (name, child) => name === 'text' || child?.mandatory === true;
  return (_name, child) => child?.kept === true;
}

/** `deceasedBoolean` is a form of `deceased`. */
const isChoiceOf = (name: string, element: string, child: Child | undefined): boolean =>
  child !== undefined && name.startsWith(element) && /^[A-Z]/.test(name.slice(element.length));

const withTag = (meta: unknown): Json => {
  const known = isObject(meta) ? meta : {};
  const tags = Array.isArray(known['tag']) ? (known['tag'] as unknown[]) : [];
  const tagged = tags.some(
    (tag) => isObject(tag) && tag['code'] === SUBSETTED.code && tag['system'] === SUBSETTED.system,
  );
  return { ...known, tag: tagged ? tags : [...tags, SUBSETTED] };
};

/**
 * Cuts the JSON text of a resource down to a view: what the definitions mark as summary (and what is mandatory) at every
 * depth, or elements of the root. Marked SUBSETTED in `meta.tag`, so that nobody takes it for the whole or writes it back.
 * Numbers stay as they were written.
 * @param json FHIR JSON text of a resource of the type
 */
export function projectResource(definitions: Definitions, type: string, json: string, view: ResourceView): string {
  const resource = parseFhirJson(json).resource as Json;
  const children = cachedChildren(definitions, type, type);
  const isKept = keeps(view);
  const { resourceType, id, meta, ...rest } = resource;
  const members = Object.entries(rest).flatMap(([key, member]): [string, unknown][] => {
    const name = elementOf(key);
    const child = children.get(name);
    if (ALWAYS.has(name)) return [[key, member]];
    if (!isKept(name, child)) return [];
    return [[key, view.summary === 'true' && child?.inside ? summaryOf(definitions, child.inside, member) : member]];
  });
  return stringifyFhir({
    resourceType,
    ...(id === undefined ? {} : { id }),
    meta: withTag(meta),
    ...Object.fromEntries(members),
  });
}
