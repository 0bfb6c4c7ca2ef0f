import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  evalFhirPathTyped,
  getDataType,
  type InternalSchemaElement,
  type InternalTypeSchema,
  isPrimitiveType,
  parseFhirPath,
} from '@medplum/core';
import fc, { type GeneratorValue } from 'fast-check';
import { packageRoot } from '../../config/paths.js';
import { loadDefinitions } from '../definitions/load-definitions.js';
import { createCleanCheck } from './clean-check.js';
import { choiceNames, membersOf, memberNames } from './element-names.js';
import { medplumFindings } from './medplum-findings.js';
import { registerSchemas } from './medplum-schemas.js';
import { provenInvariant } from './proven-invariant.js';

type Json = Record<string, unknown>;

const definitions = loadDefinitions();
registerSchemas(definitions);
const choices = choiceNames(definitions);
const isClean = createCleanCheck(choices);
const general = (resource: object, type: string): readonly unknown[] => medplumFindings(resource, type, (path) => path);

const folder = join(packageRoot, 'profiles/examples');
const good = readdirSync(folder).filter((name) => name.startsWith('ok-'));
const examples = good.map((name) => ({
  name,
  resource: JSON.parse(readFileSync(join(folder, name), 'utf8')) as Json & { meta?: { profile?: string[] } },
}));
/** An example under its base type and under each profile that it declares. */
const asked = examples.flatMap(({ name, resource }) => {
  const profiles = (resource.meta?.profile ?? []).filter((url) => definitions.profile(url));
  return [String(resource['resourceType']), ...profiles].map((type) => ({ name, resource, type }));
});

const GOOD: Readonly<Record<string, readonly unknown[]>> = {
  boolean: [true, false],
  decimal: [0, 1.5, -3],
  integer: [0, -7, 12],
  positiveInt: [1, 40],
  unsignedInt: [0, 3],
  date: ['2026', '2026-05', '2026-05-31'],
  dateTime: ['2026', '2026-05-31', '2026-05-31T10:00:00-06:00', '2026-05-31T10:00:00.123Z'],
  instant: ['2026-05-31T10:00:00Z'],
  time: ['10:00:00'],
  base64Binary: ['QUJD', 'QQ=='],
  xhtml: ['<div xmlns="http://www.w3.org/1999/xhtml">x</div>'],
};
const TEXTS = ['draft', 'final', 'completed', 'home', 'http://example.org/x', 'urn:oid:1.2', 'x', '#x', 'Patient/1'];
const BAD = [null, '', ' ', 'x  y', 'a\u0001b', 0, -1, 1.5, true, {}, [], [[]], { id: 'x' }, '2026-13-01', '0000'];

const oneIn = (g: GeneratorValue, n: number): boolean => g(fc.nat, { max: n - 1 }) === 0;
const pick = <T>(g: GeneratorValue, items: readonly T[]): T => items[g(fc.nat, { max: items.length - 1 })]!;

function valueOf(g: GeneratorValue, element: InternalSchemaElement, type: string, depth: number): unknown {
  if (oneIn(g, 60)) return pick(g, BAD);
  const fixed = element.fixed ?? element.pattern;
  if (fixed && !oneIn(g, 10)) return fixed.value;
  if (isPrimitiveType(type)) return pick(g, GOOD[type] ?? TEXTS);
  if (type === 'Resource') return { resourceType: 'Patient', id: 'x', active: true };
  return instanceOf(g, getDataType(type), depth + 1);
}

/** An instance of a schema, right in most places: what is required, some of the rest, and now and then a fault. */
function instanceOf(g: GeneratorValue, schema: InternalTypeSchema, depth = 0): Json {
  const found: Json = {};
  for (const [key, element] of Object.entries(schema.elements)) {
    if (key.includes('.') || (element.min === 0 && !oneIn(g, depth === 0 ? 4 : 3 + 3 * depth))) continue;
    const [member, type] = pick(g, membersOf(element));
    const value = (): unknown => valueOf(g, element, type, depth);
    found[member] = element.isArray ? [value(), ...(oneIn(g, 3) ? [value()] : [])] : value();
    if (oneIn(g, 20)) found[`_${member}`] = { extension: [{ url: 'http://example.org/e', valueString: 'x' }] };
    if (oneIn(g, 40)) delete found[member];
  }
  if (oneIn(g, 60)) found['unknown'] = 1;
  return Object.keys(found).length > 0 || depth === 0 ? found : { id: 'x' };
}

/** A tree with one place changed: taken away, put in place of another, doubled, or given a companion. */
function changed(g: GeneratorValue, value: unknown): unknown {
  const isLeaf = typeof value !== 'object' || value === null || Object.keys(value).length === 0;
  if (isLeaf || oneIn(g, 8)) return pick(g, [...BAD, ...TEXTS, [value], undefined]);
  if (Array.isArray(value)) {
    const index = g(fc.nat, { max: value.length - 1 });
    const item: unknown = value[index];
    if (oneIn(g, 5)) return [...(value as unknown[]), item];
    return value.map((one: unknown, at) => (at === index ? changed(g, one) : one));
  }
  const key = pick(g, Object.keys(value));
  const { [key]: member, ...rest } = value as Json;
  if (oneIn(g, 6)) return rest;
  if (oneIn(g, 12)) return { ...rest, [`${key}X`]: member };
  if (oneIn(g, 12)) return { ...rest, [`_${key}`]: { extension: [{ url: 'http://example.org/e', valueCode: 'x' }] } };
  const next = changed(g, member);
  return next === undefined ? rest : { ...rest, [key]: next };
}

describe('the clean check', () => {
  it.each(asked)('calls $name clean under $type', ({ resource, type }) => {
    expect(isClean(resource, type)).toBe(true);
    expect(general(resource, type)).toEqual([]);
  });

  it('never calls an example clean that the general validator objects to, changed anywhere', () => {
    const seen = { clean: 0, faulty: 0 };
    fc.assert(
      fc.property(fc.constantFrom(...asked), fc.gen(), ({ resource, type }, g) => {
        const other = changed(g, oneIn(g, 2) ? resource : changed(g, resource));
        if (typeof other !== 'object' || other === null || Array.isArray(other)) return;
        const clean = isClean(other, type);
        seen[clean ? 'clean' : 'faulty'] += 1;
        if (clean) expect(general(other, type)).toEqual([]);
      }),
      { numRuns: 800 },
    );
    expect(seen.clean).toBeGreaterThan(30);
    expect(seen.faulty).toBeGreaterThan(200);
  });

  const counted = { clean: 0 };
  const types = [...definitions.resourceTypes, ...definitions.profiles.map(({ url }) => url)];
  it.each(types)('agrees with the general validator on instances of %s', (type) => {
    const { resourceType = type } = { resourceType: definitions.profile(type)?.type };
    fc.assert(
      fc.property(fc.gen(), (g) => {
        const resource = { ...instanceOf(g, getDataType(type)), resourceType };
        if (!isClean(resource, type)) return;
        counted.clean += 1;
        expect(general(resource, type)).toEqual([]);
      }),
      { numRuns: 30 },
    );
  });

  it('has called some of those instances clean', () => {
    expect(counted.clean).toBeGreaterThan(20);
  });
});

describe('a proven invariant', () => {
  const rows = [...definitions.base, ...definitions.profiles].flatMap(({ snapshot, type, kind }) => {
    const constraints = kind === 'primitive-type' ? [] : (snapshot?.element[0]?.constraint ?? []);
    return constraints.flatMap(({ key, expression }) => (expression ? [{ key, type, expression }] : []));
  });

  it.each(rows)('$key of $type is what FHIRPath makes of it', ({ type, expression }) => {
    const atom = parseFhirPath(expression);
    const proven = provenInvariant(atom, { membersOf: memberNames(type), choices });
    if (!proven) return;
    fc.assert(
      fc.property(fc.gen(), (g) => {
        const resource = /^(?:Extension|Reference)$/.test(type) ? {} : { resourceType: type };
        const value = { ...resource, ...instanceOf(g, getDataType(type)) };
        const truth = proven(value);
        if (truth === undefined) return;
        const result = evalFhirPathTyped(atom, [{ type, value }], { '%resource': { type, value } });
        expect(truth).toBe(result.length === 1 && result[0]?.value === true);
      }),
      { numRuns: 15 },
    );
  });
});
