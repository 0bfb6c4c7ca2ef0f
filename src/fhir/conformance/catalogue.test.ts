import { describe, expect, it } from 'vitest';
import { isConformanceType, TYPE_GROUPS } from '../../access/policy/type-groups.js';
import { serviceOperations } from '../../context.js';
import { loadDefinitions } from '../definitions/load-definitions.js';
import { createValidator } from '../validation/create-validator.js';
import { publishedByUrl, publishedOf } from './catalogue.js';

const definitions = loadDefinitions();
const context = { definitions, operations: serviceOperations(definitions.resourceTypes) };

describe('published definitions', () => {
  it('are all that the definition files hold, each under its own URL and id', () => {
    const urls = definitions.published
      .filter(({ resourceType }) => isConformanceType(resourceType))
      .map((one) => [one.resourceType, (one as { url?: string }).url ?? ''] as const);
    expect(urls.length).toBeGreaterThan(700);
    expect(urls.filter(([type, url]) => publishedByUrl(context, type, url)?.url !== url)).toEqual([]);
    for (const type of TYPE_GROUPS.conformance) {
      const rows = publishedOf(context, type);
      expect(new Set(rows.map(({ id }) => id)).size).toBe(rows.length);
      expect(rows.filter(({ id }) => !/^[A-Za-z0-9\-.]{1,64}$/.test(id))).toEqual([]);
    }
  });

  it('of the guide and of our operations are valid R4', () => {
    const validator = createValidator(definitions);
    const own = TYPE_GROUPS.conformance
      .filter((type) => type !== 'StructureDefinition')
      .flatMap((type) => publishedOf(context, type))
      .filter(({ url }) => url.startsWith('https://referencia.salud.gob.hn/'));
    expect(own.length).toBeGreaterThan(60);
    const wrong = own.flatMap(({ url, resource }) =>
      validator
        .validate(resource)
        .filter(({ severity = 'error' }) => severity === 'error')
        .map(({ code, expression }) => `${url} ${code} ${expression}`),
    );
    expect(wrong).toEqual([]);
  });

  it('know their version', () => {
    expect(
      publishedByUrl(context, 'StructureDefinition', 'http://hl7.org/fhir/StructureDefinition/Patient|4.0.1')?.id,
    ).toBe('Patient');
    expect(
      publishedByUrl(context, 'StructureDefinition', 'http://hl7.org/fhir/StructureDefinition/Patient|5.0.0'),
    ).toBeUndefined();
  });
});
