import { describe, expect, it } from 'vitest';
import { fillStructure } from '../../test/support/fill-structure.js';
import { loadDefinitions } from './definitions/load-definitions.js';
import { projectResource } from './project-resource.js';
import { parseView, type ResourceView } from './resource-view.js';

const definitions = loadDefinitions();
const TURNS = 6;
type Json = Record<string, unknown>;

const SUBSETTED = { system: 'http://terminology.hl7.org/CodeSystem/v3-ObservationValue', code: 'SUBSETTED' };

/** One value of a resource: the members that lead to it, with the places in lists. */
type Leaf = readonly (string | number)[];

function leavesOf(value: unknown, at: Leaf = []): Leaf[] {
  if (typeof value !== 'object' || value === null) return [at];
  return Object.entries(value).flatMap(([key, member]) =>
    leavesOf(member, [...at, Array.isArray(value) ? Number(key) : key]),
  );
}

const all = (type: string) => definitions.structure(type)?.snapshot?.element ?? [];

/** Element behind a member, and where its children are described. */
function elementFor(
  structure: string,
  path: string,
  key: string,
): { flags: object; inside?: [string, string] } | undefined {
  for (const element of all(structure)) {
    const name = element.path.slice(path.length + 1);
    if (!element.path.startsWith(`${path}.`) || name.includes('.')) continue;
    const type = (element.type ?? []).find(
      ({ code }) => key === name.replace('[x]', code.charAt(0).toUpperCase() + code.slice(1)),
    );
    if (name !== key && !type) continue;
    if (element.contentReference) return { flags: element, inside: [structure, element.contentReference.slice(1)] };
    const code = (type ?? element.type?.[0])?.code ?? '';
    if (code === 'BackboneElement' || code === 'Element') return { flags: element, inside: [structure, element.path] };
    return {
      flags: element,
      ...(definitions.structure(code)?.kind === 'complex-type' ? { inside: [code, code] as [string, string] } : {}),
    };
  }
  return undefined;
}

const isOf = (flags: object): boolean => {
  const { min = 0, isSummary = false } = flags as { min?: number; isSummary?: boolean };
  return min > 0 || isSummary;
};

/** Said plainly: a value is in the summary when every element on the way to it is. */
function isInSummary(type: string, leaf: Leaf): boolean {
  let place: [string, string] | undefined = [type, type];
  for (const key of leaf) {
    if (typeof key === 'number') continue;
    if (!place) return true;
    const [structure, path]: [string, string] = place;
    if (structure !== type || path !== type) {
      if (key === 'id' || key === 'extension') return true;
    } else if (['resourceType', 'id', 'meta', 'implicitRules'].includes(key)) return true;
    const found = elementFor(structure, path, key.replace(/^_/, ''));
    if (!found || !isOf(found.flags)) return false;
    place = key.startsWith('_') ? undefined : found.inside;
  }
  return true;
}

const project = (type: string, resource: object, view: ResourceView): Json =>
  JSON.parse(projectResource(definitions, type, JSON.stringify(resource), view)) as Json;

/** Places in lists are renumbered by nothing: the summary leaves no item of a list out. */
const named = (leaves: readonly Leaf[]): string[] => leaves.map((leaf) => leaf.join('.')).sort();

const sample = (type: string, turn: number): Json => ({
  ...(fillStructure(definitions, type, turn) as unknown as Json),
  id: 'x',
  meta: { versionId: '1', tag: [{ system: 's', code: 't' }] },
  text: { status: 'generated', div: '<div xmlns="http://www.w3.org/1999/xhtml">x</div>' },
  contained: [{ resourceType: 'Patient', id: 'c' }],
  extension: [{ url: 'http://example.org/e', valueString: 'x' }],
});

describe.each(definitions.resourceTypes.map((type) => [type]))('views of %s', (type) => {
  it('in summary hold what the definitions mark, at every depth, and nothing else', () => {
    for (let turn = 0; turn < TURNS; turn += 1) {
      const resource = sample(type, turn);
      const { meta, ...rest } = project(type, resource, { summary: 'true' });
      expect(meta).toEqual({ versionId: '1', tag: [{ system: 's', code: 't' }, SUBSETTED] });
      const { meta: _meta, ...whole } = resource;
      expect(named(leavesOf(rest))).toEqual(named(leavesOf(whole).filter((leaf) => isInSummary(type, leaf))));
    }
  });

  it('as text and as data hold the narrative or all but it', () => {
    const resource = sample(type, 0);
    const { meta: _tagged, ...data } = project(type, resource, { summary: 'data' });
    const { text, meta: _meta, ...rest } = resource;
    expect(data).toEqual(rest);
    const shown = project(type, resource, { summary: 'text' });
    expect(shown['text']).toEqual(text);
    const mandatory = all(type).filter(({ path, min = 0 }) => path.split('.').length === 2 && min > 0);
    const expected = Object.keys(resource).filter(
      (key) =>
        ['resourceType', 'id', 'meta', 'implicitRules', 'text', 'modifierExtension'].includes(key) ||
        mandatory.some(({ path }) => path === `${type}.${key}` || isChoice(path, `${type}.${key}`)),
    );
    expect(Object.keys(shown).sort()).toEqual(expected.sort());
  });

  it('by elements hold those, what is mandatory and what modifies', () => {
    for (const name of ['text', 'contained']) {
      const shown = project(type, sample(type, 0), { elements: [name] });
      expect(shown).toMatchObject({ resourceType: type, id: 'x', [name]: sample(type, 0)[name] });
      const others = Object.keys(shown).filter((key) => {
        const element = all(type).find(({ path }) => path === `${type}.${key}` || isChoice(path, `${type}.${key}`));
        return !['resourceType', 'id', 'meta', name].includes(key) && !element?.min && !element?.isModifier;
      });
      expect(others).toEqual([]);
    }
  });
});

const isChoice = (path: string, key: string): boolean => path.endsWith('[x]') && key.startsWith(path.slice(0, -3));

describe('projectResource', () => {
  const observation =
    '{"resourceType":"Observation","id":"1","status":"final","code":{"text":"x"},"valueQuantity":{"value":1.10,"unit":"g"},"_issued":{"extension":[{"url":"e","valueDecimal":0.10}]},"note":[{"text":"n"}]}';

  it('keeps numbers as written and extensions of primitives', () => {
    const text = projectResource(definitions, 'Observation', observation, { summary: 'true' });
    expect(text).toContain('"value":1.10');
    expect(text).toContain('"_issued":{"extension":[{"url":"e","valueDecimal":0.10}]}');
    expect(text).not.toContain('note');
  });

  it('takes the name of a choice for all its forms', () => {
    const text = projectResource(definitions, 'Observation', observation, { elements: ['value'] });
    expect(Object.keys(JSON.parse(text) as Json)).toEqual([
      'resourceType',
      'id',
      'meta',
      'status',
      'code',
      'valueQuantity',
    ]);
  });

  it('marks once', () => {
    const once = projectResource(definitions, 'Observation', observation, { summary: 'data' });
    expect(projectResource(definitions, 'Observation', once, { summary: 'data' })).toBe(once);
  });
});

describe('parseView', () => {
  const view = (query: string, count = true): ResourceView | undefined =>
    parseView(definitions, 'Patient', [...new URLSearchParams(query)], { count });

  it.each<[string, ResourceView | undefined]>([
    ['', undefined],
    ['_summary=false', undefined],
    ['_summary=count', undefined],
    ['_summary=true', { summary: 'true' }],
    ['_summary=text', { summary: 'text' }],
    ['_summary=data', { summary: 'data' }],
    ['_elements=name,deceased,birthDate', { elements: ['name', 'deceased', 'birthDate'] }],
    ['_elements=deceased[x]&_summary=false', { elements: ['deceased'] }],
  ])('%s', (query, expected) => {
    expect(view(query)).toEqual(expected);
  });

  it.each([
    '_summary=True',
    '_summary=',
    '_elements=',
    '_elements=nada',
    '_elements=name.family',
    '_elements=name,',
    '_elements=Name',
    '_elements=name&_elements=id',
    '_summary=true&_elements=name',
  ])('%s is refused', (query) => {
    expect(() => view(query)).toThrow('parameter-value');
  });

  it('knows no count where one resource is asked for', () => {
    expect(() => view('_summary=count', false)).toThrow('parameter-value');
  });
});
