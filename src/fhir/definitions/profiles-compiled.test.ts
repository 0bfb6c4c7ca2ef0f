import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { CodeSystem } from '@medplum/fhirtypes';
import { ROLES } from '../../access/caller.js';
import { CANONICAL_ROOT, codeSystemUrl, SID } from '../../config/canonical.js';
import { packageRoot } from '../../config/paths.js';
import { BLOOD_PRESSURE, VITAL_SIGNS } from '../../referral/hc10/vital-signs.js';
import { readDefinitionFiles } from './definition-files.js';

const files = readDefinitionFiles();
const ours = ({ url }: { readonly url?: string }): boolean => url?.startsWith(`${CANONICAL_ROOT}/`) ?? false;
const codeSystems = files.codeSystems.filter(ours);
const valueSets = files.valueSets.filter(ours);
const codes = (system: CodeSystem): string[] => (system.concept ?? []).map(({ code }) => code);
const known = new Set([
  ...[...files.guide, ...codeSystems, ...valueSets].map(({ url }) => url),
  ...Object.values<string>(SID),
]);

describe('compiled national guide', () => {
  it('is what was compiled from these sources, reference page included; if not: npm run profiles', async () => {
    const { SEAL, sealOf } = (await import('../../../scripts/profiles/seal.mjs' as string)) as {
      SEAL: string;
      sealOf: (root: string) => unknown;
    };
    expect(JSON.parse(readFileSync(join(packageRoot, SEAL), 'utf8'))).toEqual(sealOf(packageRoot));
  });

  it('stands under the one canonical root of the configuration', () => {
    const elsewhere = [...files.guide, ...codeSystems, ...valueSets].filter((definition) => !ours(definition));
    expect(elsewhere.map(({ url }) => url)).toEqual([]);
    expect(files.guide.length).toBeGreaterThan(0);
    for (const { url, id } of codeSystems) expect(url).toBe(codeSystemUrl(id ?? ''));
  });

  it('names each code in Spanish and in English, once', () => {
    for (const system of codeSystems) {
      expect({ id: system.id, codes: new Set(codes(system)).size }).toEqual({
        id: system.id,
        codes: codes(system).length,
      });
      for (const { code, display, designation } of system.concept ?? []) {
        const english = designation?.find(({ language }) => language === 'en')?.value;
        expect({ id: system.id, code, display: Boolean(display), english: Boolean(english) }).toEqual({
          id: system.id,
          code,
          display: true,
          english: true,
        });
      }
    }
  });

  it('names each code that it lists of others in Spanish and in English', () => {
    const listed = valueSets.flatMap(({ id, compose }) =>
      (compose?.include ?? []).flatMap(({ concept = [] }) => concept.map((each) => ({ id, ...each }))),
    );
    const nameless = listed.filter(
      ({ display, designation }) => !display || !designation?.some(({ language, value }) => language === 'en' && value),
    );
    expect(listed.length).toBeGreaterThan(40);
    expect(nameless.map(({ id, code }) => `${id}|${code}`)).toEqual([]);
  });

  it('has the roles of the policy as workflow roles', () => {
    const roles = codeSystems.find(({ id }) => id === 'workflow-role');
    expect(roles && codes(roles)).toEqual([...ROLES]);
  });

  it('holds the codes of the seed catalogues', () => {
    const seed = <T>(file: string): T => JSON.parse(readFileSync(join(packageRoot, 'seed', file), 'utf8')) as T;
    const listed = (id: string): string[] => codeSystems.filter((system) => system.id === id).flatMap(codes);
    const { facilities } = seed<{ facilities: { type: string; gestor: string; institution: string }[] }>(
      'facilities.json',
    );
    const specialties = seed<{ code: string }[]>('specialties.json');
    const regions = seed<{ code: string }[]>('regions.json');
    const of = (id: string): [string, string | undefined][] =>
      valueSets
        .filter((valueSet) => valueSet.id === id)
        .flatMap(({ compose }) => (compose?.include ?? []).flatMap(({ concept = [] }) => concept))
        .map(({ code, display }) => [code, display]);
    const laboratory = seed<{ code: string; display: string }[]>('loinc-lab.json');
    const { schedule } = seed<{ schedule: { code: string; display: string }[] }>('vaccines.json');
    const signs = [...Object.values(VITAL_SIGNS), BLOOD_PRESSURE];
    expect(of('laboratorio')).toEqual(laboratory.map(({ code, display }) => [code, display]));
    expect(of('signo-vital')).toEqual(expect.arrayContaining(signs.map(({ code, display }) => [code, display])));
    expect(listed('vacuna')).toEqual(schedule.map(({ code }) => code));
    expect(listed('specialty')).toEqual(expect.arrayContaining(specialties.map(({ code }) => code)));
    expect(listed('sanitary-region')).toEqual(regions.map(({ code }) => code));
    expect(listed('facility-type')).toEqual(expect.arrayContaining(facilities.map(({ type }) => type)));
    expect(listed('gestor')).toEqual(expect.arrayContaining(facilities.map(({ gestor }) => gestor)));
    expect(listed('institution')).toEqual(expect.arrayContaining(facilities.map(({ institution }) => institution)));
  });

  it('refers only to definitions that exist, in bindings, value sets and rules', () => {
    const elements = files.guide.flatMap(({ snapshot }) => snapshot?.element ?? []);
    const mentioned = [
      ...elements.flatMap(({ binding }) => binding?.valueSet ?? []),
      ...elements.flatMap(({ type }) => (type ?? []).flatMap(({ profile }) => profile ?? [])),
      ...valueSets.flatMap(({ compose }) => (compose?.include ?? []).map(({ system }) => system ?? '')),
      ...elements
        .flatMap(({ constraint }) => (constraint ?? []).map(({ expression }) => expression ?? ''))
        .flatMap((expression) => expression.match(/https:[^']+/g) ?? []),
    ];
    const missing = mentioned.filter((url) => url.startsWith(CANONICAL_ROOT) && !known.has(url));
    expect([...new Set(missing)]).toEqual([]);
  });
});
