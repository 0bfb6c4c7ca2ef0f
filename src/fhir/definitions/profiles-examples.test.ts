import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Resource } from '@medplum/fhirtypes';
import { packageRoot } from '../../config/paths.js';
import { demandedProfiles } from '../../referral/demanded-profiles.js';
import { createValidator } from '../validation/create-validator.js';
import { loadDefinitions } from './load-definitions.js';

/** A wrong example: a good one changed by a JSON merge patch (RFC 7386), and what must be found. */
interface BadExample {
  readonly of: string;
  readonly why: string;
  readonly patch: Readonly<Record<string, unknown>>;
  /** FHIRPath of the finding, and a part of its code or parameters. */
  readonly expect: { readonly path: string; readonly finding: string };
}

const folder = join(packageRoot, 'profiles', 'examples');
const names = readdirSync(folder).map((file) => basename(file, '.json'));
const read = <T>(name: string): T => JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8')) as T;
const good = names.filter((name) => name.startsWith('ok-'));
const bad = names.filter((name) => name.startsWith('bad-'));

const definitions = loadDefinitions();
const validator = createValidator(definitions);
const profileOf = (name: string): string | undefined => read<Resource>(name).meta?.profile?.[0];

const mergePatch = (target: unknown, patch: unknown): unknown => {
  if (typeof patch !== 'object' || patch === null || Array.isArray(patch)) return patch;
  const merged = { ...(Object(target) as Record<string, unknown>) };
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) Reflect.deleteProperty(merged, key);
    else merged[key] = mergePatch(merged[key], value);
  }
  return merged;
};

describe('profiles of the national guide', () => {
  it.each(definitions.profiles.map(({ url }) => url))('%s has a good and several bad examples', (url) => {
    expect(good.filter((name) => profileOf(name) === url).length).toBeGreaterThan(0);
    expect(bad.filter((name) => profileOf(read<BadExample>(name).of) === url).length).toBeGreaterThan(1);
  });

  it.each(good)('accept %s', (name) => {
    expect(validator.validate(read<Resource>(name))).toEqual([]);
  });

  it.each(bad)('refuse %s where it is wrong', (name) => {
    const { of, patch, expect: expected } = read<BadExample>(name);
    const findings = validator.validate(mergePatch(read(of), patch) as Resource);
    const found = findings.map(({ code, params, expression }) => ({
      path: expression,
      finding: `${code} ${JSON.stringify(params)}`,
    }));
    expect(found).toContainEqual({ path: expected.path, finding: expect.stringContaining(expected.finding) });
  });

  /** Types whose profiles the service never demands: other systems may write them as R4 allows. */
  const FREE = 'Location PractitionerRole HealthcareService Encounter Condition AllergyIntolerance Observation'.split(
    ' ',
  );
  const ofFreeTypes = bad.filter((name) => FREE.includes(read<Resource>(read<BadExample>(name).of).resourceType));
  const serving = createValidator(definitions, { demandedProfiles });

  it.each(ofFreeTypes)('are not asked of who does not name them: %s without its profile is R4', (name) => {
    const { of, patch } = read<BadExample>(name);
    const { meta: _meta, ...resource } = mergePatch(read(of), patch) as Resource;
    expect(serving.validate(resource as Resource)).toEqual([]);
  });
});
